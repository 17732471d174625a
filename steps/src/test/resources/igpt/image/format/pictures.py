"""Small pictures of every kind that is read, and what Pillow 9.4 reads from them: pictures.csv has a row a file with the
centre square of the upright picture over white, R, G, B a pixel as hexadecimal digits. python3 pictures.py, in this folder.
"""
import os, struct, zlib
import numpy as np
from PIL import Image, ImageOps

W, H = 9, 6
x, y = np.meshgrid(np.arange(W), np.arange(H))
RGB = np.stack([20 + 25 * x, 30 + 35 * y, 200 - 15 * x - 10 * y], 2).astype(np.uint8)
ALPHA = np.clip(40 * x - 20, 0, 255).astype(np.uint8)  # from nothing at the left to all at the right
picture = Image.fromarray(RGB)
grey = picture.convert("L")
clear = Image.fromarray(np.dstack([RGB, ALPHA]))
rows = {}


def expect(name, image=None):
    """What Pillow reads, unless it is known better."""
    if image is None:
        image = Image.open("pictures/" + name)
        image.load()  # which turns a TIFF
        image = image if image.format == "TIFF" else ImageOps.exif_transpose(image)
    over = Image.new("RGBA", image.size, "white")
    over.alpha_composite(image.convert("RGBA"))
    side = min(image.size)
    left, top = (image.width - side) // 2, (image.height - side) // 2
    rows[name] = np.array(over.convert("RGB").crop((left, top, left + side, top + side))).tobytes().hex()


def save(name, image, expected=None, **options):
    image.save("pictures/" + name, **options)
    expect(name, expected)


def exif(orientation):
    tags = Image.Exif()
    tags[274] = orientation
    return tags


def png(name, samples, colour_type, depth, *chunks, expected):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    lines = samples.astype(">u2" if depth == 16 else "u1").reshape(len(samples), -1)
    data = b"".join(b"\0" + line.tobytes() for line in lines)
    header = struct.pack(">IIBBBBB", W, H, depth, colour_type, 0, 0, 0)
    with open("pictures/" + name, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header))
        file.write(b"".join(chunk(*c) for c in chunks) + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b""))
    expect(name, expected)


os.makedirs("pictures", exist_ok=True)

# As the camera lay. Colours at full resolution, whose like at the edge of what is cut out are otherwise a little different.
for o in range(1, 9):
    save(f"turned{o}.jpg", picture, quality=95, subsampling=0, exif=exif(o))
big = b"Exif\0\0MM\0*\0\0\0\x08\0\1\x01\x12\0\3\0\0\0\1\0\6\0\0\0\0\0\0"
save("bigendian6.jpg", picture, quality=95, subsampling=0, exif=big)
save("turned7.png", picture, exif=exif(7))
save("turned6.webp", picture, lossless=True, exif=exif(6))
save("turned8.tiff", picture, tiffinfo={274: 8})
save("turned99.jpg", picture, quality=95, subsampling=0, exif=exif(99))

# Names that say something else, or nothing.
save("really.png.jpg", picture, format="PNG")
save("really.webp.jpg", picture, format="WEBP", lossless=True)
save("really.jpg.png", picture, format="JPEG", quality=95)
save("photo.jfif", picture, format="JPEG", quality=95)
save("nothing", picture, format="GIF")

# Colours.
save("grey.jpg", grey, quality=95)
save("cmyk.jpg", picture.convert("CMYK"), quality=95)
save("progressive.jpg", picture, quality=95, progressive=True)
for ending in ("png", "gif", "bmp", "tiff", "pgm"):
    save("grey." + ending, grey)
for ending in ("gif", "bmp", "ppm"):
    save("colour." + ending, picture)
for ending in ("png", "bmp", "tiff", "pbm"):
    save("bits." + ending, grey.convert("1"))
for ending in ("png", "tiff"):
    save("palette." + ending, picture.quantize(16))
save("lzw.tiff", picture, compression="tiff_lzw")
save("jpeg.tiff", picture, compression="jpeg")
save("cmyk.tiff", picture.convert("CMYK"))
wide = RGB.astype(np.uint16) * 257 + 200  # what is cut off is not rounded up
Image.fromarray(wide[:, :, 0]).save("pictures/grey16.tiff")
high = lambda a: Image.fromarray((a >> 8).astype(np.uint8))
expect("grey16.tiff", high(wide[:, :, 0]))
png("grey16.png", wide[:, :, 0], 0, 16, expected=high(wide[:, :, 0]))
png("colour16.png", wide, 2, 16, expected=high(wide))
save("lossy.webp", picture, quality=90)
save("lossless.webp", picture, lossless=True)

# Transparent pixels.
save("clear.png", clear)
save("clear.webp", clear, lossless=True, exact=True)
save("clearlossy.webp", clear, quality=90)
save("clear.tiff", clear)
save("greyclear.png", clear.convert("LA"))
wide = np.dstack([wide, ALPHA.astype(np.uint16) * 257])
png("clear16.png", wide, 6, 16, expected=high(wide))
hole = np.array(picture.quantize(16))
hole[1:3, 3:6] = 15
hole = Image.fromarray(hole, "P")
hole.putpalette(picture.quantize(16).getpalette())
save("hole.png", hole, transparency=15)
save("hole.gif", hole, transparency=15)
value = int(RGB[2, 4, 0])
gone = np.dstack([RGB[:, :, 0]] * 3 + [np.where(RGB[:, :, 0] == value, 0, 255).astype(np.uint8)])
png("greyhole.png", RGB[:, :, 0], 0, 8, (b"tRNS", struct.pack(">H", value)), expected=Image.fromarray(gone))
only = np.dstack([RGB, np.where((RGB == RGB[2, 4]).all(2), 0, 255).astype(np.uint8)])
png("colourhole.png", RGB, 2, 8, (b"tRNS", struct.pack(">3H", *RGB[2, 4])), expected=Image.fromarray(only))

# What moves: its first frame, wherever it lies.
later = [picture.rotate(180)]
save("moving.gif", picture, save_all=True, append_images=later)
save("moving.webp", picture, save_all=True, append_images=later, lossless=True)
save("movinglossy.webp", picture, save_all=True, append_images=later, quality=90)
save("movingclear.webp", clear, save_all=True, append_images=[clear.rotate(180)], quality=90)
save("moving.png", picture, save_all=True, append_images=later)
save("pages.tiff", picture, save_all=True, append_images=later)
with open("pictures/colour.gif", "rb") as file:
    gif = bytearray(file.read())
gif[6:10] = struct.pack("<HH", W + 4, H + 4)  # a larger screen
at = gif.index(b"\x2c\0\0\0\0")
gif[at + 1 : at + 5] = struct.pack("<HH", 3, 2)
with open("pictures/placed.gif", "wb") as file:
    file.write(gif)
screen = Image.new("RGBA", (W + 4, H + 4))
screen.paste(Image.open("pictures/colour.gif").convert("RGBA"), (3, 2))
expect("placed.gif", screen)

with open("pictures.csv", "w") as file:
    file.write("file,pixels\n" + "".join(f"{name},{pixels}\n" for name, pixels in rows.items()))
