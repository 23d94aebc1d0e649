"""Stands in for what Keras imports and its NumPy backend does not need (jax, scipy, ml_dtypes), and for the little that it needs of optree.

One thing computes: `conv_general_dilated`, of one axis, since Keras's NumPy backend leaves convolutions to jax.
"""
import collections, sys, types
import numpy as np

def module(name, **members):
    made = types.ModuleType(name); made.__dict__.update(members); sys.modules[name] = made
    return made

# ---- optree: nested lists, tuples, dictionaries (by sorted key) and registered classes -----------------------------------------
registered = set()
Spec = collections.namedtuple("Spec", "kind metadata children")
class Tree(Spec):
    num_leaves = property(lambda self: 1 if self.kind is None else sum(child.num_leaves for child in self.children))
    num_nodes = property(lambda self: 1 + sum(child.num_nodes for child in self.children))
def parts(x, is_leaf=None):
    """(children, entries, metadata) of an inner node; None for a leaf."""
    if is_leaf is not None and is_leaf(x): return None
    kind = type(x)
    if kind in registered:
        flat = x.tree_flatten(); children = list(flat[0])
        return children, list(flat[2]) if len(flat) > 2 else list(range(len(children))), flat[1]
    if kind in (list, tuple): return list(x), list(range(len(x))), None
    if isinstance(x, dict):
        keys = list(x) if kind is collections.OrderedDict else sorted(x)
        return [x[key] for key in keys], keys, keys
    if isinstance(x, tuple) and hasattr(x, "_fields"): return list(x), list(x._fields), None
    return None
def rebuilt(kind, metadata, children):
    if kind in registered: return kind.tree_unflatten(metadata, children)
    if issubclass(kind, dict): return kind(zip(metadata, children))
    return kind(*children) if hasattr(kind, "_fields") else kind(children)
def tree_flatten_with_path(x, is_leaf=None, **_):
    paths, leaves = [], []
    def walk(x, path):
        found = parts(x, is_leaf)
        if found is None:
            paths.append(path); leaves.append(x)
            return Tree(None, None, ())
        children, entries, metadata = found
        return Tree(type(x), metadata, tuple(walk(child, (*path, entry)) for child, entry in zip(children, entries)))
    spec = walk(x, ())
    return paths, leaves, spec
def tree_flatten(x, is_leaf=None, **_): return tree_flatten_with_path(x, is_leaf)[1:]
def tree_paths(x, is_leaf=None, **_): return tree_flatten_with_path(x, is_leaf)[0]
def tree_unflatten(spec, leaves):
    leaves = iter(leaves)
    def build(spec): return next(leaves) if spec.kind is None else rebuilt(spec.kind, spec.metadata, [build(child) for child in spec.children])
    return build(spec)
def tree_map(function, x, *others, is_leaf=None, **_):
    found = parts(x, is_leaf)
    if found is None: return function(x, *others)
    beside = [parts(other) for other in others]
    if any(other is None or len(other[0]) != len(found[0]) for other in beside): raise ValueError("The structures differ.")
    return rebuilt(type(x), found[2], [tree_map(function, child, *(other[0][i] for other in beside), is_leaf=is_leaf) for i, child in enumerate(found[0])])
def tree_is_leaf(x, is_leaf=None, **_): return parts(x, is_leaf) is None
def register_pytree_node_class(cls, **_):
    registered.add(cls)
    return cls

# ---- jax: a convolution over one axis, channels last ------------------------------------------------------------------------------
def conv_general_dilated(x, kernel, strides, padding, rhs_dilation, dimension_numbers, feature_group_count):
    assert x.ndim == 3 and feature_group_count == 1
    (size, _, _), stride, dilation = kernel.shape, strides[0], rhs_dilation[0]
    reach = (size - 1) * dilation + 1
    if str(padding).upper() == "SAME":
        short = max((-(-x.shape[1] // stride) - 1) * stride + reach - x.shape[1], 0)
        x = np.pad(x, ((0, 0), (short // 2, short - short // 2), (0, 0)))
    count = (x.shape[1] - reach) // stride + 1
    windows = np.stack([x[:, t * stride : t * stride + reach : dilation] for t in range(count)], axis=1)
    return np.einsum("btkf,kfu->btu", windows, kernel)

def install():
    """To be called before Keras is imported."""
    module("optree", **{name: globals()[name] for name in (
        "tree_flatten", "tree_flatten_with_path", "tree_paths", "tree_unflatten", "tree_map", "tree_is_leaf", "register_pytree_node_class")}).utils = module("optree.utils")
    module("ml_dtypes", finfo=np.finfo, iinfo=np.iinfo, bfloat16=np.float32)
    module("keras.src.backend.jax.math", fft=None, fft2=None)
    lax = module("jax.lax", conv_general_dilated=conv_general_dilated, ConvDimensionNumbers=lambda **axes: axes)
    module("jax", lax=lax, monitoring=types.SimpleNamespace(record_scalar=None))
    module("scipy", linalg=module("scipy.linalg"))
