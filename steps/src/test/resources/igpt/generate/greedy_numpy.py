"""Writes greedy.txt: a small model's weights, and three images that it completes with the likeliest token each time.

An implementation of its own in NumPy, float64: nothing is kept from position to position, every token is the end of a whole
forward pass. The images are longer than one chunk of keys. It makes sure that no choice is close to a tie.

Run: python3 greedy_numpy.py > greedy.txt
"""
import numpy as np

LAYERS, WIDTH, HEADS, POSITIONS, COLOURS = 2, 8, 2, 140, 5
GIVEN = (0, 30, 131)
random = np.random.default_rng(1)

shapes = {"model/wpe": (POSITIONS, WIDTH), "model/wte": (COLOURS, WIDTH), "model/sos": (WIDTH,)}
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
w = {n: random.normal(1.0 if n.endswith("/g") else 0.0, 0.5, s).astype(np.float32).astype(np.float64)
     for n, s in shapes.items()}


def norm(x, g):
    return x / np.sqrt((x * x).mean(-1, keepdims=True) + 1e-5) * g


def logits(tokens):
    """Of the token after these."""
    h = np.stack([w["model/sos"]] + [w["model/wte"][t] for t in tokens]) + w["model/wpe"][:len(tokens) + 1]
    for i in range(LAYERS):
        b = f"model/h{i}/"
        n = norm(h, w[b + "ln_1/g"])
        out = np.zeros_like(h)
        for head in range(HEADS):
            q, k, v = (n @ w[b + f"attn/{p}_proj"][head].T for p in "qkv")
            scores = np.where(np.tri(len(h), dtype=bool), q @ k.T / np.sqrt(WIDTH // HEADS), -np.inf)
            share = np.exp(scores - scores.max(-1, keepdims=True))
            out += share / share.sum(-1, keepdims=True) @ v @ w[b + "attn/c_proj"][head]
        h = h + out
        m = norm(h, w[b + "ln_2/g"]) @ w[b + "mlp/c_fc/w"]
        h = h + m / (1 + np.exp(-1.702 * m)) @ w[b + "mlp/c_proj/w"]
    return norm(h[-1], w["model/ln_f/g"]) @ w["model/wtet"].T


print("config", LAYERS, WIDTH, HEADS, POSITIONS, COLOURS)
for name, value in w.items():
    print(name, *("%.9g" % x for x in value.ravel()))
for given in GIVEN:
    tokens = list(random.integers(0, COLOURS, given))
    while len(tokens) < POSITIONS:
        z = logits(tokens)
        order = np.sort(z)
        assert order[-1] - order[-2] > 1e-3, (given, len(tokens), order)
        tokens.append(int(z.argmax()))
    print("given", given, *tokens)
