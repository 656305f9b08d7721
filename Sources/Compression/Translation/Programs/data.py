weights = load_file(sys.argv[1])


def read(name, offset):
    with gzip.open(f"{sys.argv[2]}/{name}-ubyte.gz") as file:
        return np.frombuffer(file.read(), np.uint8, offset=offset)


def images(name):
    return read(name, 16).reshape(-1, 28, 28, 1).astype("float32") / 255


train_x, train_y = images("train-images-idx3"), read("train-labels-idx1", 8)
test_x, test_y = images("t10k-images-idx3"), read("t10k-labels-idx1", 8)
