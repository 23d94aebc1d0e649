using System.Collections.Immutable;

namespace LstmDsl.Tests;

/// <summary>Draws layers that fit what they read, with options that suit them.</summary>
internal sealed class LayerDrawer(int seed)
{
    /// <summary>What <c>MaskValue</c> is where it is given; no value that is drawn.</summary>
    public const int MaskValue = -9;

    /// <summary>What is wider is made narrow again before it goes on, so that weights stay few.</summary>
    private const int WidestInput = 20;

    /// <summary>A sequence that is made of other values has no more timesteps.</summary>
    private const int MostTimesteps = 12;

    private TestNumbers numbers = new((ulong)seed);

    /// <summary>Timesteps of what the next layer reads; 0 where it has no time axis.</summary>
    public int Timesteps { get; set; }

    /// <summary>Width of what the next layer reads.</summary>
    public int Width { get; set; }

    /// <summary>Whether what the next layer reads is mostly between 0 and 1.</summary>
    public bool GivesProbabilities { get; private set; }

    /// <summary>An input, with what marks padding or chooses vectors behind it.</summary>
    public IEnumerable<ArchitectureLayer> Input()
    {
        var (inputTimesteps, features) = (numbers.Between(1, 7), numbers.Between(1, 3));
        (Timesteps, Width) = (inputTimesteps, features);
        ArchitectureLayer? first = null;
        if (Chance(20))
            first = Masking();
        else if (Chance(15))
        {
            (features, Width) = (1, numbers.Between(1, 4));
            first = new("Embedding", numbers.Between(2, 5), Width)
            {
                Options = Chance(50) ? ["MaskZero = true"] : [],
                Refinements = Refinements("Embeddings"),
            };
        }

        yield return new("Input", inputTimesteps, features);
        if (first is not null)
            yield return first;
    }

    /// <summary>What marks padding.</summary>
    public ArchitectureLayer Masking() => new("Masking") { Options = Chance(30) ? [$"MaskValue = {MaskValue}"] : [] };

    /// <summary>Layers with what they are trained with.</summary>
    public DrawnArchitecture Trained(ImmutableArray<ArchitectureLayer> layers, int seed) => new(layers, seed)
    {
        Loss = OneOf([.. (GivesProbabilities && Chance(70) ? DrawnLosses.OfProbabilities : DrawnLosses.OfNumbers).Keys]),
        WeighsSamples = Chance(25),
        UsesBatchStatistics = Chance(60),
    };

    /// <summary>Any layer that reads one output.</summary>
    public ArchitectureLayer Layer()
    {
        GivesProbabilities = false;
        if (Width > WidestInput)
            return Dense(numbers.Between(1, 4));
        return numbers.Between(0, Timesteps == 0 ? 6 : 17) switch
        {
            0 or 1 => Dense(Units()),
            2 => new("LayerNormalization") { Options = Normalization(out var refinements), Refinements = refinements },
            3 => new("BatchNormalization") { Options = Normalization(out var refinements), Refinements = refinements },
            4 => new("Dropout") { Argument = OneOf("0", "0.2", "0.5") },
            5 => ActivationLayer(),
            6 => Timesteps == 0 ? Repeat() : Flatten(),
            7 => Convolution(),
            8 => Pooling("MaxPooling1D"),
            9 => Pooling("AveragePooling1D"),
            10 => Global("GlobalMaxPooling1D"),
            11 => Global("GlobalAveragePooling1D"),
            _ => Recurrent(),
        };
    }

    private ArchitectureLayer Recurrent(bool? returnsSequences = null)
    {
        var (kind, units) = (OneOf("Lstm", "Gru", "SimpleRnn"), Units());
        var (isBidirectional, merge) = (Chance(35), OneOf("Concat", "Sum", "Mul", "Ave"));
        var (givesAll, useBias) = (Chance(60), Chance(80));
        givesAll = returnsSequences ?? givesAll;
        var options = ImmutableArray.CreateBuilder<string>();
        Maybe(options, givesAll, "ReturnSequences = true");
        Maybe(options, !useBias, "UseBias = false");
        Maybe(options, !isBidirectional && Chance(25), "GoBackwards = true");
        if (Chance(40))
            options.Add("Activation = " + CellActivation());
        if (kind != "SimpleRnn" && Chance(30))
            options.Add("RecurrentActivation = " + CellActivation());
        Maybe(options, kind == "Gru" && Chance(50), "ResetAfter = false");
        Maybe(options, Chance(20), "Dropout = 0.3");
        Maybe(options, Chance(25), "RecurrentDropout = 0.4");
        AddActivity(options);
        if (!givesAll)
            Timesteps = 0;
        Width = isBidirectional && merge == "Concat" ? 2 * units : units;
        return new(kind, units)
        {
            Wrapper = !isBidirectional ? null : merge == "Concat" ? "Bidirectional" : $"Bidirectional(Merge.{merge})",
            Options = options.ToImmutable(),
            Refinements = Refinements(["Kernel", "RecurrentKernel", .. useBias ? ["Bias"] : Array.Empty<string>()]),
        };
    }

    /// <summary>Other values in the places of a sequence: in another shape, turned round, or whole features without what they were.</summary>
    public ArchitectureLayer Rearrangement()
    {
        switch (numbers.Between(0, 2))
        {
            case 0:
                (Timesteps, Width) = (Width, Timesteps);
                return new("Permute", 2, 1);
            case 1:
                return new("SpatialDropout1D") { Argument = OneOf("0.2", "0.5") };
            default:
                var length = Timesteps * Width;
                int[] divisors = [.. Enumerable.Range(1, length).Where(size => length % size == 0 && size <= MostTimesteps)];
                Timesteps = OneOf([0, .. divisors]);
                Width = length / Math.Max(Timesteps, 1);
                return Timesteps == 0 ? new("Reshape", Width) : new("Reshape", Timesteps, Width);
        }
    }

    /// <summary>A layer that makes one row of a sequence.</summary>
    public ArchitectureLayer ToVector() => numbers.Between(0, 3) switch
    {
        0 => Flatten(),
        1 => Global("GlobalAveragePooling1D"),
        _ => Recurrent(returnsSequences: false),
    };

    /// <summary>A dense layer.</summary>
    public ArchitectureLayer Dense(int units)
    {
        Width = units;
        GivesProbabilities = false;
        return new("Dense", units) { Options = ProductOptions(out var refinements), Refinements = refinements };
    }

    private ArchitectureLayer Convolution()
    {
        var (filters, size, strides, dilation) = (Units(), numbers.Between(1, 3), numbers.Between(1, 2), numbers.Between(1, 2));
        if (strides > 1)
            dilation = 1;
        var reach = ((size - 1) * dilation) + 1;
        var padding = reach > Timesteps ? OneOf("Same", "Causal") : OneOf("Valid", "Same", "Causal");
        Timesteps = (padding == "Valid" ? Timesteps - reach : Timesteps - 1) / strides + 1;
        Width = filters;
        var options = ImmutableArray.CreateBuilder<string>();
        Maybe(options, strides > 1, $"Strides = {strides}");
        Maybe(options, dilation > 1, $"DilationRate = {dilation}");
        Maybe(options, padding != "Valid", $"Padding = Padding.{padding}");
        options.AddRange(ProductOptions(out var refinements));
        return new("Conv1D", filters, size) { Options = options.ToImmutable(), Refinements = refinements };
    }

    private ArchitectureLayer Pooling(string kind)
    {
        var (size, strides) = (numbers.Between(1, 3), numbers.Between(1, 3));
        var isSame = size > Timesteps || Chance(50);
        Timesteps = (isSame ? Timesteps - 1 : Timesteps - size) / strides + 1;
        var options = ImmutableArray.CreateBuilder<string>();
        Maybe(options, strides != size, $"Strides = {strides}");
        Maybe(options, isSame, "Padding = Padding.Same");
        return new(kind, size) { Options = options.ToImmutable() };
    }

    private ArchitectureLayer Global(string kind)
    {
        Timesteps = 0;
        return new(kind);
    }

    private ArchitectureLayer Flatten()
    {
        (Timesteps, Width) = (0, Timesteps * Width);
        return new("Flatten");
    }

    private ArchitectureLayer Repeat()
    {
        Timesteps = numbers.Between(1, 4);
        return new("RepeatVector", Timesteps);
    }

    private ArchitectureLayer ActivationLayer()
    {
        var options = ImmutableArray.CreateBuilder<string>();
        AddActivity(options);
        return new("Activation") { Argument = RowActivation(), Options = options.ToImmutable() };
    }

    private ImmutableArray<string> Normalization(out ImmutableArray<string> refinements)
    {
        var (center, scale) = (Chance(75), Chance(75));
        var options = ImmutableArray.CreateBuilder<string>();
        Maybe(options, !center, "Center = false");
        Maybe(options, !scale, "Scale = false");
        Maybe(options, Chance(30), "Epsilon = 0.01");
        refinements = Refinements([.. scale ? ["Gamma"] : Array.Empty<string>(), .. center ? ["Beta"] : Array.Empty<string>()]);
        return options.ToImmutable();
    }

    private ImmutableArray<string> ProductOptions(out ImmutableArray<string> refinements)
    {
        var useBias = Chance(80);
        var options = ImmutableArray.CreateBuilder<string>();
        Maybe(options, !useBias, "UseBias = false");
        if (Chance(60))
            options.Add("Activation = " + RowActivation());
        AddActivity(options);
        refinements = Refinements(["Kernel", .. useBias ? ["Bias"] : Array.Empty<string>()]);
        return options.ToImmutable();
    }

    /// <summary>Penalties of some of the weights.</summary>
    private ImmutableArray<string> Refinements(params string[] weights)
    {
        var refinements = ImmutableArray.CreateBuilder<string>();
        foreach (var weight in weights)
        {
            if (Chance(15))
                refinements.Add(weight + OneOf("(L1 = 0.03)", "(L2 = 0.05)", "(L1 = 0.02, L2 = 0.04)"));
        }

        return refinements.ToImmutable();
    }

    private void AddActivity(ImmutableArray<string>.Builder options)
    {
        Maybe(options, Chance(10), "ActivityL1 = 0.03");
        Maybe(options, Chance(10), "ActivityL2 = 0.02");
    }

    /// <summary>An activation within a cell. eˣ is not among them: fed back, it grows beyond all numbers within a few timesteps.</summary>
    private string CellActivation()
    {
        var activation = OneOf([.. Enum.GetValues<Activation>().Where(one => one != Activation.Exponential && !one.WorksOnRows())]);
        return $"Activation.{activation}";
    }

    private string RowActivation()
    {
        var activation = OneOf(Enum.GetValues<Activation>());
        GivesProbabilities = activation is Activation.Sigmoid or Activation.Softmax;
        return $"Activation.{activation}";
    }

    /// <summary>Mostly a few, which show a wrong gradient as well as many do; sometimes more than a vector holds.</summary>
    private int Units() => Chance(85) ? numbers.Between(1, 4) : numbers.Between(5, 19);

    private static void Maybe(ImmutableArray<string>.Builder options, bool condition, string option)
    {
        if (condition)
            options.Add(option);
    }

    /// <summary>Whether something is so that is so in a part of all cases.</summary>
    public bool Chance(int percent) => numbers.Between(1, 100) <= percent;

    /// <summary>A whole number from <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    public int Between(int low, int high) => numbers.Between(low, high);

    /// <summary>One of some.</summary>
    public T OneOf<T>(params ReadOnlySpan<T> choices) => choices[numbers.Between(0, choices.Length - 1)];
}
