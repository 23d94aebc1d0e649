namespace LstmDsl;

/// <summary>One timestep of a recurrent layer in the body of a Scan.</summary>
/// <param name="body">Takes the nodes.</param>
/// <param name="direction">The layer.</param>
/// <param name="product">x·W + b, (batch, gates·units).</param>
/// <param name="before">h of the timestep before, (batch, units).</param>
internal sealed class ScannedCell(OnnxGraph body, RecurrentDirection direction, string product, string before)
{
    private readonly int units = direction.Units;
    private readonly int columns = direction.Gates * direction.Units;

    /// <summary>h' = act(x·W + h·U + b).</summary>
    public string SimpleRnn() => New(Sum(product, Recurrent(before, 0, columns)));

    /// <summary>c' = f·c + i·act(z_c); h' = o·act(c').</summary>
    public (string State, string Cell) Lstm(string cellBefore)
    {
        var z = Blocks(Sum(product, Recurrent(before, 0, columns)), 4);
        var cell = Sum(Times(Gate(z[1]), cellBefore), Times(Gate(z[0]), New(z[2])));
        return (Times(Gate(z[3]), New(cell)), cell);
    }

    /// <summary>ĥ = act(x·W_h + b_h + r·(h·U_h + b_rec)).</summary>
    public string GruResetAfter()
    {
        var recurrent = Recurrent(before, 0, columns);
        if (direction.Bias is { } bias)
            recurrent = Sum(recurrent, body.Vector("recurrent_bias", bias.AsSpan(columns)));
        var (x, h) = (Blocks(product, 3), Blocks(recurrent, 3));
        var reset = Gate(Sum(x[1], h[1]));
        return Mixed(Gate(Sum(x[0], h[0])), New(Sum(x[2], Times(reset, h[2]))));
    }

    /// <summary>ĥ = act(x·W_h + b_h + (r·h)·U_h).</summary>
    public string GruResetBefore()
    {
        var x = Blocks(product, 3);
        var h = Blocks(Recurrent(before, 0, 2 * units), 2);
        var reset = Gate(Sum(x[1], h[1]));
        return Mixed(Gate(Sum(x[0], h[0])), New(Sum(x[2], Recurrent(Times(reset, before), 2 * units, columns))));
    }

    /// <summary>h' = (1 − z)·h + z·act(x·W_h + b_h).</summary>
    public string MinGru()
    {
        var x = Blocks(product, 2);
        var update = Gate(x[0]);
        return Mixed(body.Add("Sub", [body.Number("one", 1), update]), New(x[1]));
    }

    /// <summary>h' = z·h + (1 − z)·ĥ.</summary>
    private string Mixed(string update, string candidate)
    {
        var rest = body.Add("Sub", [body.Number("one", 1), update]);
        return Sum(Times(update, before), Times(rest, candidate));
    }

    /// <summary>A state times the recurrent kernel's columns from one to another.</summary>
    private string Recurrent(string state, int from, int to)
    {
        var kernel = direction.RecurrentKernel;
        var part = new float[units * (to - from)];
        for (var row = 0; row < units; row++)
            kernel.AsSpan((row * columns) + from, to - from).CopyTo(part.AsSpan(row * (to - from)));
        return body.Add("MatMul", [state, body.Tensor("recurrent_kernel", part, units, to - from)]);
    }

    private string[] Blocks(string value, int count)
    {
        string[] blocks = [.. Enumerable.Range(0, count).Select(_ => body.NewName("block"))];
        var sizes = body.Whole("sizes", [.. Enumerable.Repeat((long)units, count)]);
        body.AddNode("Split", [value, sizes], blocks, OnnxAttribute.Of("axis", -1));
        return blocks;
    }

    private string Gate(string value) => ActivationNodes.Write(body, direction.RecurrentActivation, value);

    private string New(string value) => ActivationNodes.Write(body, direction.Activation, value);

    private string Sum(string left, string right) => body.Add("Add", [left, right]);

    private string Times(string left, string right) => body.Add("Mul", [left, right]);
}
