"""Writes adam.txt: a small model's weights, its loss on two images, and the weights after two updates of Adam; or, with
the argument bert, bert.txt: the same of a BERT with hidden pixels and a classifier on layer 1, trained for both losses.

An implementation of its own in PyTorch, float64: dense attention under a full mask, gradients by autograd, and Adam as
the reference's optimizer writes it (the bias corrections folded into the learning rate, epsilon outside of them).
The sequences are longer than one block of queries, so the blocks are compared with the full mask too.

Run: python3 adam_torch.py > adam.txt; python3 adam_torch.py bert > bert.txt
"""
import math
import sys

import numpy as np
import torch

LAYERS, WIDTH, HEADS, POSITIONS, COLOURS, BATCH = 2, 8, 2, 140, 5, 2
BERT = sys.argv[1:] == ["bert"]
HEAD, CLASSES = 1, 3
RATE, BETA1, BETA2, EPSILON = 0.003, 0.9, 0.95, 1e-8
torch.set_default_dtype(torch.float64)
random = np.random.default_rng(20)

shapes = {"model/wpe": (POSITIONS, WIDTH), "model/wte": (COLOURS, WIDTH)}
if not BERT:
    shapes["model/sos"] = (WIDTH,)
for i in range(LAYERS):
    h = f"model/h{i}/"
    shapes[h + "ln_1/g"] = (WIDTH,)
    for p in "qkvc":
        shapes[h + f"attn/{p}_proj"] = (HEADS, WIDTH // HEADS, WIDTH)
    shapes[h + "ln_2/g"] = (WIDTH,)
    shapes[h + "mlp/c_fc/w"] = (WIDTH, 4 * WIDTH)
    shapes[h + "mlp/c_proj/w"] = (4 * WIDTH, WIDTH)
shapes["model/ln_f/g"] = (WIDTH,)
shapes["model/wtet"] = (COLOURS, WIDTH)
if BERT:
    shapes["model/clf/wclf"] = (WIDTH, CLASSES)

# larger than the paper's start, so that every part of the model matters to the loss
weights = {n: torch.tensor(random.normal(1.0 if n.endswith("/g") else 0.0, 0.4, s).astype(np.float32).astype(np.float64),
                           requires_grad=True) for n, s in shapes.items()}
tokens = torch.tensor(random.integers(0, COLOURS, (BATCH, POSITIONS)))
if BERT:
    seen = torch.tensor((random.random((BATCH, POSITIONS)) >= 0.15).astype(np.float64))
    labels = torch.tensor([2, 0])


def norm(x, g):
    return x / torch.sqrt((x * x).mean(-1, keepdim=True) + 1e-5) * g


def loss():
    """The generative loss and, of BERT, the classifier's."""
    w = weights
    if BERT:
        h = w["model/wte"][tokens] * seen[..., None] + w["model/wpe"]
    else:
        h = torch.cat([w["model/sos"].expand(BATCH, 1, WIDTH), w["model/wte"][tokens[:, :-1]]], 1) + w["model/wpe"]
    ahead = torch.ones(POSITIONS, POSITIONS).triu(1).bool()
    for i in range(LAYERS):
        b = f"model/h{i}/"
        n = norm(h, w[b + "ln_1/g"])
        if i == HEAD:
            features = n.mean(1)
        q, k, v = (torch.einsum("bse,ade->basd", n, w[b + f"attn/{p}_proj"]) for p in "qkv")
        scores = torch.einsum("basd,batd->bast", q, k) / math.sqrt(WIDTH // HEADS)
        mixed = (scores if BERT else scores.masked_fill(ahead, -math.inf)).softmax(-1) @ v
        h = h + torch.einsum("basd,ade->bse", mixed, w[b + "attn/c_proj"])
        m = norm(h, w[b + "ln_2/g"]) @ w[b + "mlp/c_fc/w"]
        h = h + (m * torch.sigmoid(1.702 * m)) @ w[b + "mlp/c_proj/w"]
    logits = norm(h, w["model/ln_f/g"]) @ w["model/wtet"].T
    nats = -logits.log_softmax(-1).gather(-1, tokens[..., None])[..., 0]
    if not BERT:
        return nats.mean(), torch.tensor(0.0)
    hidden = 1 - seen
    classes = features @ w["model/clf/wclf"]
    return ((nats * hidden).sum(1) / hidden.sum(1)).mean(), torch.nn.functional.cross_entropy(classes, labels)


def line(name, values):
    print(name, *(f"{x:.9g}" for x in np.asarray(values, dtype=np.float64).ravel()))


print("config", LAYERS, WIDTH, HEADS, POSITIONS, COLOURS, BATCH, RATE)
line("tokens", tokens.numpy())
if BERT:
    line("seen", seen.numpy())
    line("labels", labels.numpy())
for n, x in weights.items():
    line("before " + n, x.detach().numpy())
first = {n: torch.zeros_like(x) for n, x in weights.items()}
second = {n: torch.zeros_like(x) for n, x in weights.items()}
for t in (1, 2):
    nats, classification = loss()
    line(f"loss{t}", [nats.item()] + ([classification.item()] if BERT else []))
    gradients = torch.autograd.grad(nats + classification, list(weights.values()))
    rate = RATE * math.sqrt(1 - BETA2**t) / (1 - BETA1**t)
    for (n, x), g in zip(weights.items(), gradients):
        first[n] = BETA1 * first[n] + (1 - BETA1) * g
        second[n] = BETA2 * second[n] + (1 - BETA2) * g * g
        with torch.no_grad():
            x -= rate * first[n] / (second[n].sqrt() + EPSILON)
for n, x in weights.items():
    line("after " + n, x.detach().numpy())
