"""Makes digits.npy, labels.npy and optima.csv: scikit-learn's optimum of multinomial logistic regression on its own
digits (1000 of them, 8 x 8, 0 to 16; 700 to fit on, 300 to test). Run here: python3 softmax_sklearn.py"""
import numpy as np
from sklearn.datasets import load_digits
from sklearn.linear_model import LogisticRegression

digits = load_digits()
x, y = digits.data[:1000].astype(np.uint8), digits.target[:1000].astype(np.int32)
np.save("digits.npy", x)
np.save("labels.npy", y)
plain = x.astype(np.float32)
features = {
    "plain": plain,
    "shifted": plain * np.float32(0.1) + np.float32(100),  # a mean far above the spread
    "two": plain,  # only the first two classes
}
with open("optima.csv", "w") as out:
    out.write("features,c,objective,train accuracy,predictions\n")
    for name, f in features.items():
        keep = y[:700] < (2 if name == "two" else 10)
        train, label, test = f[:700][keep].astype(float), y[:700][keep], f[700:].astype(float)
        test -= train.mean(0)  # moves the intercept, not the objective, and scikit-learn converges
        train -= train.mean(0)
        for c in (0.001, 0.1, 10.0):
            best = None
            for solver, tolerance in (("newton-cg", 1e-8), ("lbfgs", 1e-9)):
                m = LogisticRegression(
                    C=c, solver=solver, multi_class="multinomial", tol=tolerance, max_iter=20000
                ).fit(train, label)
                w, b = m.coef_, m.intercept_
                if name == "two":
                    w, b = np.vstack([-w, w]), np.r_[-b, b]
                z = train @ w.T + b
                z -= z.max(1, keepdims=True)
                nll = -(z[np.arange(len(z)), label] - np.log(np.exp(z).sum(1))).sum()
                objective = c * nll + 0.5 * (w**2).sum()
                print(name, c, solver, "%.12g" % objective)
                if best is None or objective < best[0]:
                    best = objective, m
            objective, m = best
            out.write(f"{name},{c},{objective:.12g},{m.score(train, label):.6f},{''.join(map(str, m.predict(test)))}\n")
