"""Questions about paths, answered by the standard library."""

import os


def folder_of(path):
    return os.path.dirname(path)


def exists(path):
    return os.path.exists(path)


def is_folder(path):
    return os.path.isdir(path)


def file_size(path):
    # Type "return os.path" on the next line.

