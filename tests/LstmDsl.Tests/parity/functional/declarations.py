"""Builds a declaration in this library's attributes with Keras: what each attribute means there."""
import re
import keras

NUMBER = re.compile(r"-?\d+(\.\d+)?(e-?\d+)?$")

def snake(name): return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()

def value(text):
    """A C# literal: a string, a truth, a number, or a member of an enumeration, which Keras writes in snake_case."""
    if text.startswith('"'): return text.strip('"')
    if text in ("true", "false"): return text == "true"
    if NUMBER.match(text): return float(text) if "." in text or "e" in text else int(text)
    return snake(text.split(".")[1])

def attributes(declaration):
    """(kind, values, options by name) of each attribute, in order."""
    for kind, text in re.findall(r"\[(\w+)(?:\(([^)]*)\))?\]", declaration):
        values, options = [], {}
        for argument in filter(None, (part.strip() for part in (text or "").split(","))):
            name, equals, given = argument.partition(" = ")
            if equals: options[name] = value(given)
            else: values.append(value(argument))
        yield kind, values, options

CLASSES = {"Lstm": "LSTM", "Gru": "GRU", "SimpleRnn": "SimpleRNN"}
POSITIONAL = {
    "Lstm": ["units"], "Gru": ["units"], "SimpleRnn": ["units"], "Dense": ["units"], "Dropout": ["rate"], "SpatialDropout1D": ["rate"],
    "Embedding": ["input_dim", "output_dim"], "Conv1D": ["filters", "kernel_size"], "RepeatVector": ["n"], "Activation": ["activation"],
    "MultiHeadAttention": ["num_heads", "key_dim"],
}
MERGES = ("Concatenate", "Add", "Multiply", "Average", "Maximum", "Subtract")

def build(declaration):
    """The Keras model of a declaration."""
    listed = list(attributes(declaration))
    encoders = {options["InitialState"] for _, _, options in listed if "InitialState" in options}
    inputs, outputs, states = [], {}, {}
    current, wrapper = None, None

    def named(name, tensor):
        if name: outputs[name] = tensor
        return tensor

    for index, (kind, values, options) in enumerate(listed):
        name = options.pop("Name", None)
        options = {**options}
        layer_name = snake(name) if name else None
        if kind == "Input":
            timesteps, features = values
            shape = (timesteps,) if listed[index + 1][0] == "Embedding" else (timesteps, features)
            current = named(name, keras.Input(shape, batch_size=options.get("BatchSize"), name=layer_name))
            inputs.append(current)
            continue
        if kind == "From":
            current = outputs[values[0]]
            continue
        if kind in ("TimeDistributed", "Bidirectional"):
            wrapper = (kind, values)
            continue

        call = {}
        if "Causal" in options: call["use_causal_mask"] = options.pop("Causal")
        if kind in MERGES:
            tensors = [outputs[other] for other in values]
            if not any(tensor is current for tensor in tensors): tensors.append(current)
            values, arguments = [], tensors
        elif kind in ("Attention", "AdditiveAttention"):
            query = outputs[options.pop("Query")] if "Query" in options else current
            arguments = [query, outputs[values[0]]] + ([outputs[options.pop("Keys")]] if "Keys" in options else [])
            values = []
        elif kind == "MultiHeadAttention":
            call["value"] = outputs[options.pop("Values")] if "Values" in options else current
            if "Keys" in options: call["key"] = outputs[options.pop("Keys")]
            arguments = outputs[options.pop("Query")] if "Query" in options else current
        else:
            arguments = current
        if "InitialState" in options:
            found = states[options.pop("InitialState")]
            call["initial_state"] = found if len(found) > 1 else found[0]
        keyed = dict(zip(POSITIONAL.get(kind, []), values))
        if kind == "Reshape": keyed["target_shape"] = tuple(values)
        if kind == "Permute": keyed["dims"] = tuple(values)
        keyed.update({snake(option): given for option, given in options.items()})
        if name in encoders: keyed["return_state"] = True
        trainable = keyed.pop("trainable", True)
        make = getattr(keras.layers, CLASSES.get(kind, kind))
        if wrapper is None:
            layer = make(**keyed, name=layer_name)
        else:
            of_wrapper = {"merge_mode": wrapper[1][0]} if wrapper[1] else {}
            layer = getattr(keras.layers, wrapper[0])(make(**keyed), **of_wrapper, name=layer_name)
        wrapper = None

        # Keras's attention takes sequences alone: a vector is a sequence of one timestep.
        of_vector = kind in ("Attention", "AdditiveAttention") and len(arguments[0].shape) == 2
        if of_vector: arguments[0] = keras.layers.Reshape((1, arguments[0].shape[-1]))(arguments[0])
        made = layer(arguments, **call)

        # Said to its constructor, it would not reach the layers within a layer.
        if not trainable: layer.trainable = False
        if name in encoders: made, *states[name] = made
        if of_vector: made = keras.layers.Reshape((made.shape[-1],))(made)
        current = named(name, made)
    return keras.Model(inputs if len(inputs) > 1 else inputs[0], current)
