"""Makes pixels.npy and errors.csv: 20,000 pixels of smooth colour, and the mean squared error a pixel of scikit-learn's
KMeans on them. Run here: python3 kmeans_sklearn.py"""
import numpy as np
from sklearn.cluster import KMeans

r = np.random.default_rng(0)
light = r.beta(2, 2, (20000, 1)) * 255
pixels = np.clip(np.rint(light + r.normal(size=(20000, 3)) @ np.diag([30, 10, 25])), 0, 255).astype(np.uint8)
np.save("pixels.npy", pixels)
with open("errors.csv", "w") as out:
    out.write("colours,mean squared error\n")
    for k in (2, 16, 128):
        errors = [KMeans(k, n_init=1, max_iter=50, random_state=s).fit(pixels.astype(float)).inertia_ / 20000 for s in range(5)]
        print(k, errors)
        out.write(f"{k},{np.median(errors):.6f}\n")
palette = np.array([[-1, 0, 1], [0.25, -0.1, 0.7]], np.float32)
np.save("palette.npy", palette)
