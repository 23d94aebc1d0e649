using System.Buffers.Binary;
using System.Globalization;
using Google.Protobuf;
using Onnx;
using Element = Onnx.TensorProto.Types.DataType;

namespace LstmDsl;

/// <summary>
/// A graph under construction. Every value's name begins with the layer that it belongs to and is its own, also within the body of a loop,
/// which sees all that stands around it.
/// </summary>
internal sealed class OnnxGraph
{
    private const string BatchName = "batch";

    private readonly OnnxGraph root;
    private readonly Dictionary<string, int> used;

    /// <summary>Begins a graph.</summary>
    public OnnxGraph(string name)
    {
        Message = new GraphProto { Name = name };
        (root, used) = (this, []);
    }

    private OnnxGraph(OnnxGraph around, string name)
    {
        Message = new GraphProto { Name = name };
        (root, used, Scope) = (around.root, around.used, around.Scope);
    }

    /// <summary>What has been written so far.</summary>
    public GraphProto Message { get; }

    /// <summary>What new names begin with.</summary>
    public string Scope { get; set; } = "";

    /// <summary>Begins the body of a loop in this graph.</summary>
    public OnnxGraph Body(string name) => new(this, NewName(name));

    /// <summary>Adds an operator with one output.</summary>
    /// <returns>The output's name.</returns>
    public string Add(string operation, IEnumerable<string> inputs, params IEnumerable<AttributeProto> attributes)
    {
        var output = NewName(operation);
        AddNode(operation, inputs, [output], attributes);
        return output;
    }

    /// <summary>Adds an operator with outputs whose names <see cref="NewName"/> made; an empty one is not asked for.</summary>
    public void AddNode(
        string operation, IEnumerable<string> inputs, IReadOnlyList<string> outputs, params IEnumerable<AttributeProto> attributes)
    {
        Message.Node.Add(new NodeProto
        {
            OpType = operation,
            Name = outputs.First(output => output.Length > 0),
            Input = { inputs },
            Output = { outputs },
            Attribute = { attributes },
        });
    }

    /// <summary>A name that nothing else has.</summary>
    public string NewName(string name)
    {
        var full = Scope.Length > 0 ? $"{Scope}/{name}" : name;
        var count = used.GetValueOrDefault(full);
        used[full] = count + 1;
        return count == 0 ? full : string.Create(CultureInfo.InvariantCulture, $"{full}_{count}");
    }

    /// <summary>Adds numbers that never change.</summary>
    public string Tensor(string name, ReadOnlySpan<float> values, params IEnumerable<long> dimensions)
    {
        // Little-endian, whatever this machine is.
        var bytes = new byte[values.Length * sizeof(float)];
        for (var i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        return Initializer(name, Element.Float, bytes, dimensions);
    }

    /// <summary>Adds a row of numbers.</summary>
    public string Vector(string name, ReadOnlySpan<float> values) => Tensor(name, values, values.Length);

    /// <summary>Adds one number.</summary>
    public string Number(string name, double value) => Tensor(name, [(float)value], []);

    /// <summary>Adds whole numbers: axes, sizes, places.</summary>
    public string Whole(string name, params ReadOnlySpan<long> values)
    {
        var bytes = new byte[values.Length * sizeof(long)];
        for (var i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(long)), values[i]);
        return Initializer(name, Element.Int64, bytes, [values.Length]);
    }

    /// <summary>The input of the whole graph.</summary>
    public void AddInput(string name, int[] shape, int? batchSize)
    {
        used[name] = 1;
        Message.Input.Add(Described(name, Element.Float, shape, batchSize));
    }

    /// <summary>Names a value as the output of the whole graph.</summary>
    public void AddOutput(string name, OnnxValue value, int? batchSize)
    {
        AddNode("Identity", [value.Name], [name]);
        Message.Output.Add(Described(name, Element.Float, value.Shape, batchSize));
    }

    /// <summary>Adds an input of a loop's body.</summary>
    /// <returns>Its name.</returns>
    public string AddBodyInput(string name, Element element, int width)
    {
        var input = NewName(name);
        Message.Input.Add(Described(input, element, [width], null));
        return input;
    }

    /// <summary>Makes a value an output of a loop's body; an output has a name of its own.</summary>
    public void AddBodyOutput(string name, string value, int width)
    {
        var output = NewName(name);
        AddNode("Identity", [value], [output]);
        Message.Output.Add(Described(output, Element.Float, [width], null));
    }

    private string Initializer(string name, Element element, byte[] bytes, IEnumerable<long> dimensions)
    {
        var full = NewName(name);
        root.Message.Initializer.Add(new TensorProto
        {
            Name = full,
            DataType = (int)element,
            Dims = { dimensions },
            RawData = UnsafeByteOperations.UnsafeWrap(bytes),
        });
        return full;
    }

    private static ValueInfoProto Described(string name, Element element, int[] shape, int? batchSize)
    {
        var batch = batchSize is { } size
            ? new TensorShapeProto.Types.Dimension { DimValue = size }
            : new TensorShapeProto.Types.Dimension { DimParam = BatchName };
        var rest = shape.Select(size => new TensorShapeProto.Types.Dimension { DimValue = size });
        var whole = new TensorShapeProto { Dim = { rest.Prepend(batch) } };
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)element, Shape = whole } },
        };
    }
}
