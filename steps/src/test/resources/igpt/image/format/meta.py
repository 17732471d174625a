"""Wrote meta.mat, as the ILSVRC 2012 devkit has it: python3 meta.py (SciPy 1.17)."""

import numpy as np
from scipy.io import savemat

kinds = [
    ("ILSVRC2012_ID", "O"), ("WNID", "O"), ("words", "O"), ("gloss", "O"),
    ("num_children", "O"), ("children", "O"), ("wordnet_height", "O"), ("num_train_images", "O"),
]
wnids = ["n02119789", "n01443537", "n01440764", "n00001740"]
synsets = np.zeros((len(wnids), 1), dtype=kinds)
for i, wnid in enumerate(wnids):
    children = np.array([[1, 2, 3]], np.uint16) if i == 3 else np.zeros((1, 0))
    synsets[i, 0] = (float(i + 1), wnid, "words, of it", "a gloss", float(children.size), children, float(i), 1300.0)
savemat("meta.mat", {"before": np.eye(2), "synsets": synsets}, do_compression=True)
