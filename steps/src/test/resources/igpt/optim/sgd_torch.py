"""Makes sgd.npy and sgd.csv: softmax regression on the digits of softmax_sklearn.py by PyTorch's own SGD, float64.

sgd.npy is float32 [rates, classes, features + 1], the intercepts last, after ITERATIONS updates; sgd.csv has each rate's
mean loss and accuracy on the 300 test digits. Run here: python3 sgd_torch.py"""
import numpy as np
import torch

RATES, ITERATIONS, BATCH, TRAIN = (1.0, 0.3, 0.003), 150, 18, 700
torch.set_default_dtype(torch.float64)
x = torch.tensor(np.load("digits.npy").astype(np.float64))
y = torch.tensor(np.load("labels.npy").astype(np.int64))
mean, deviation = x[:TRAIN].mean(0), x[:TRAIN].std(0, unbiased=False)
x = (x - mean) / torch.where(deviation > 1e-9, deviation, torch.ones(()))

weights = []
with open("sgd.csv", "w") as out:
    for rate in RATES:
        classifier = torch.nn.Linear(64, 10)
        torch.nn.init.zeros_(classifier.weight)
        torch.nn.init.zeros_(classifier.bias)
        optimizer = torch.optim.SGD(classifier.parameters(), lr=rate, momentum=0.9)
        schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=ITERATIONS)
        for i in range(ITERATIONS):
            rows = (np.arange(i * BATCH, (i + 1) * BATCH) * 37) % TRAIN
            loss = torch.nn.functional.cross_entropy(classifier(x[rows]), y[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
        with torch.no_grad():
            logits = classifier(x[TRAIN:])
            loss = torch.nn.functional.cross_entropy(logits, y[TRAIN:]).item()
            accuracy = (logits.argmax(1) == y[TRAIN:]).double().mean().item()
            weights.append(torch.cat([classifier.weight, classifier.bias[:, None]], 1).numpy().astype(np.float32))
        out.write(f"{rate},{loss:.9g},{accuracy:.9g}\n")
np.save("sgd.npy", np.stack(weights))
