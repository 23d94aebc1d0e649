using System.Collections.Immutable;

namespace LstmDsl.Tests;

/// <summary>Draws a stack of layers that fit one another, with options that suit them.</summary>
internal sealed class ArchitectureDrawer(int seed)
{
    /// <summary>What <c>MaskValue</c> is where it is given; no value that is drawn.</summary>
    public const int MaskValue = -9;

    /// <summary>What is wider is made narrow again before it goes on, so that weights stay few.</summary>
    private const int WidestInput = 20;

    private TestNumbers numbers = new((ulong)seed);
    private int timesteps;
    private int width;
    private bool givesProbabilities;

    /// <summary>Draws an architecture.</summary>
    public DrawnArchitecture Draw()
    {
        var layers = ImmutableArray.CreateBuilder<ArchitectureLayer>();
        var (inputTimesteps, features) = (numbers.Between(1, 7), numbers.Between(1, 3));
        (timesteps, width) = (inputTimesteps, features);
        if (Chance(20))
            layers.Add(new("Masking") { Options = Chance(30) ? [$"MaskValue = {MaskValue}"] : [] });
        else if (Chance(15))
        {
            (features, width) = (1, numbers.Between(1, 4));
            layers.Add(new("Embedding", numbers.Between(2, 5), width)
            {
                Options = Chance(50) ? ["MaskZero = true"] : [],
                Refinements = Refinements("Embeddings"),
            });
        }

        for (var count = numbers.Between(1, 5); count > 0; count--)
            layers.Add(Layer());
        if (width > 4 || layers.All(layer => layer.Kind is not ("Dense" or "Conv1D" or "Lstm" or "Gru" or "SimpleRnn")) || Chance(40))
            layers.Add(Dense(numbers.Between(1, 4)));
        return new(inputTimesteps, features, layers.ToImmutable(), seed)
        {
            Loss = OneOf([.. (givesProbabilities && Chance(70) ? DrawnLosses.OfProbabilities : DrawnLosses.OfNumbers).Keys]),
            WeighsSamples = Chance(25),
            UsesBatchStatistics = Chance(60),
        };
    }

    private ArchitectureLayer Layer()
    {
        givesProbabilities = false;
        if (width > WidestInput)
            return Dense(numbers.Between(1, 4));
        return numbers.Between(0, timesteps == 0 ? 6 : 17) switch
        {
            0 or 1 => Dense(Units()),
            2 => new("LayerNormalization") { Options = Normalization(out var refinements), Refinements = refinements },
            3 => new("BatchNormalization") { Options = Normalization(out var refinements), Refinements = refinements },
            4 => new("Dropout") { Argument = OneOf("0", "0.2", "0.5") },
            5 => ActivationLayer(),
            6 => timesteps == 0 ? Repeat() : Flatten(),
            7 => Convolution(),
            8 => Pooling("MaxPooling1D"),
            9 => Pooling("AveragePooling1D"),
            10 => Global("GlobalMaxPooling1D"),
            11 => Global("GlobalAveragePooling1D"),
            _ => Recurrent(),
        };
    }

    private ArchitectureLayer Recurrent()
    {
        var (kind, units) = (OneOf("Lstm", "Gru", "SimpleRnn"), Units());
        var (isBidirectional, merge) = (Chance(35), OneOf("Concat", "Sum", "Mul", "Ave"));
        var (returnsSequences, useBias) = (Chance(60), Chance(80));
        var options = ImmutableArray.CreateBuilder<string>();
        Maybe(options, returnsSequences, "ReturnSequences = true");
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
        if (!returnsSequences)
            timesteps = 0;
        width = isBidirectional && merge == "Concat" ? 2 * units : units;
        return new(kind, units)
        {
            Wrapper = !isBidirectional ? null : merge == "Concat" ? "Bidirectional" : $"Bidirectional(Merge.{merge})",
            Options = options.ToImmutable(),
            Refinements = Refinements(["Kernel", "RecurrentKernel", .. useBias ? ["Bias"] : Array.Empty<string>()]),
        };
    }

    private ArchitectureLayer Dense(int units)
    {
        width = units;
        givesProbabilities = false;
        return new("Dense", units) { Options = ProductOptions(out var refinements), Refinements = refinements };
    }

    private ArchitectureLayer Convolution()
    {
        var (filters, size, strides, dilation) = (Units(), numbers.Between(1, 3), numbers.Between(1, 2), numbers.Between(1, 2));
        if (strides > 1)
            dilation = 1;
        var reach = ((size - 1) * dilation) + 1;
        var padding = reach > timesteps ? OneOf("Same", "Causal") : OneOf("Valid", "Same", "Causal");
        timesteps = (padding == "Valid" ? timesteps - reach : timesteps - 1) / strides + 1;
        width = filters;
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
        var isSame = size > timesteps || Chance(50);
        timesteps = (isSame ? timesteps - 1 : timesteps - size) / strides + 1;
        var options = ImmutableArray.CreateBuilder<string>();
        Maybe(options, strides != size, $"Strides = {strides}");
        Maybe(options, isSame, "Padding = Padding.Same");
        return new(kind, size) { Options = options.ToImmutable() };
    }

    private ArchitectureLayer Global(string kind)
    {
        timesteps = 0;
        return new(kind);
    }

    private ArchitectureLayer Flatten()
    {
        (timesteps, width) = (0, timesteps * width);
        return new("Flatten");
    }

    private ArchitectureLayer Repeat()
    {
        timesteps = numbers.Between(1, 4);
        return new("RepeatVector", timesteps);
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
        givesProbabilities = activation is Activation.Sigmoid or Activation.Softmax;
        return $"Activation.{activation}";
    }

    /// <summary>Mostly a few, which show a wrong gradient as well as many do; sometimes more than a vector holds.</summary>
    private int Units() => Chance(85) ? numbers.Between(1, 4) : numbers.Between(5, 19);

    private static void Maybe(ImmutableArray<string>.Builder options, bool condition, string option)
    {
        if (condition)
            options.Add(option);
    }

    private bool Chance(int percent) => numbers.Between(1, 100) <= percent;

    private T OneOf<T>(params ReadOnlySpan<T> choices) => choices[numbers.Between(0, choices.Length - 1)];
}
