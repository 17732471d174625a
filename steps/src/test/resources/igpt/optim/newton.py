"""Makes newton.csv: the minimum of C · Σ −log softmax(W x + b)[label] + ½ |W|² by Newton's method with the whole Hessian,
in float64, to a gradient of 1e-10, on hard matrices made of digits.npy (see softmax_sklearn.py). Run here: python3 newton.py"""
import numpy as np

digits = np.load("digits.npy").astype(np.float64)[:700]
labels = np.load("labels.npy")[:700]
deviation = digits.std(0)
x = ((digits - digits.mean(0)) / np.where(deviation > 1e-9, deviation, 1)).astype(np.float32)
i, j = np.indices(x.shape)
near = (x.astype(np.float64) + ((i * 31 + j * 17) % 11 - 5) * 1e-4).astype(np.float32)
few = np.flatnonzero((labels != 9) | (np.cumsum(labels == 9) <= 3))  # three nines

cases = {
    "grey": (np.repeat(x, 3, axis=1), labels),  # 192 features, of which 128 are copies and some constant
    "near": (np.hstack([x, near]), labels),  # nearly copies
    "few": (x[few], labels[few]),
    "wide": (np.repeat(x[:40], 3, axis=1), labels[:40]),
}


def minimum(x, y, c):
    x = x.astype(np.float64)
    x = np.hstack([x - x.mean(0), np.ones((len(x), 1))])
    n, d = x.shape
    k = y.max() + 1
    hot, penalty = np.eye(k)[y], np.append(np.ones(d - 1), 0)

    def value(w):
        z = x @ w.T
        top = z.max(1, keepdims=True)
        e = np.exp(z - top)
        return c * (np.log(e.sum(1)) + top[:, 0] - z[np.arange(n), y]).sum() + (w**2 * penalty).sum() / 2, e / e.sum(1, keepdims=True)

    w = np.zeros((k, d))
    f, p = value(w)
    for _ in range(100):
        g = c * (p - hot).T @ x + w * penalty
        if np.linalg.norm(g) < 1e-10 * max(1, f):
            break
        h = np.empty((k, d, k, d))
        for a in range(k):
            for b in range(k):
                h[a, :, b, :] = c * (x * (p[:, a] * ((a == b) - p[:, b]))[:, None]).T @ x
        h = h.reshape(k * d, k * d) + np.diag(np.tile(penalty, k))
        same = np.tile(1 - penalty, k)  # the same added to all intercepts changes nothing
        step = -np.linalg.solve(h + np.outer(same, same), g.ravel()).reshape(k, d)
        length = 1.0
        while True:
            lower, q = value(w + length * step)
            if lower <= f + 1e-4 * length * (g * step).sum() + 1e-13 * abs(f):
                break
            length /= 2
        w, f, p = w + length * step, lower, q
    return f, np.linalg.norm(g)


with open("newton.csv", "w") as out:
    out.write("features,c,objective\n")
    for name, (features, answers) in cases.items():
        for c in (0.01, 1.0, 100.0):
            objective, gradient = minimum(features, answers, c)
            print(name, c, "%.15g" % objective, gradient)
            out.write(f"{name},{c},{objective:.15g}\n")
