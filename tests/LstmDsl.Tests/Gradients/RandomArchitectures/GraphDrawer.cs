using System.Collections.Immutable;
using System.Globalization;

namespace LstmDsl.Tests;

/// <summary>
/// Draws a model with branches: one to three inputs, outputs that several layers read, what puts them together, attention and layers that begin
/// with others' states. All that it draws is a valid declaration.
/// </summary>
internal sealed class GraphDrawer(int seed)
{
    private readonly LayerDrawer drawer = new(seed);
    private readonly ImmutableArray<ArchitectureLayer>.Builder layers = ImmutableArray.CreateBuilder<ArchitectureLayer>();
    private readonly List<DrawnOutput> outputs = [];
    private readonly HashSet<string> unread = [];
    private DrawnOutput current = new("", 0, 0, 0);
    private int masks;

    /// <summary>Draws an architecture.</summary>
    public DrawnArchitecture Draw()
    {
        for (var inputs = drawer.OneOf(1, 1, 1, 2, 2, 3); inputs > 0; inputs--)
        {
            foreach (var layer in drawer.Input().ToList())
                Add(layer);
            for (var count = drawer.Between(0, 2); count > 0; count--)
                Add(AnyLayer());
        }

        for (var count = drawer.Between(2, 5); count > 0; count--)
            Grow();
        ReadAll();
        if (drawer.Width > 4 || !layers.Any(HasTrained) || drawer.Chance(40))
            Add(drawer.Dense(drawer.Between(1, 4)));
        return drawer.Trained(layers.ToImmutable(), seed);
    }

    private void Grow()
    {
        switch (drawer.Between(0, 9))
        {
            case 8 when drawer.Width <= 6:
                Attend();
                break;
            case 9 when current is { Timesteps: > 0, Mask: 0 } && outputs.Any(output => output.Ends is not null):
                BeginWithStates(drawer.OneOf([.. outputs.Where(output => output.Ends is not null)]));
                break;
            case 0:
                Begin(drawer.OneOf([.. outputs]));
                if (current.IsInput && drawer.Chance(30))
                    Add(drawer.Masking());
                Add(AnyLayer());
                break;
            case 1 when current.Timesteps > 0:
                Add(drawer.Rearrangement());
                break;
            case <= 4:
                Merge(drawer.OneOf([.. outputs]));
                break;
            default:
                Add(AnyLayer());
                break;
        }
    }

    private ArchitectureLayer AnyLayer() => Frozen(drawer.Layer());

    /// <summary>Some of the layers with weights are not trained.</summary>
    private ArchitectureLayer Frozen(ArchitectureLayer layer)
    {
        var hasWeights = layer.Kind is "Dense" or "Conv1D" or "Lstm" or "Gru" or "SimpleRnn" or "BatchNormalization"
            || (layer.Kind == "LayerNormalization" && !(layer.Options.Contains("Center = false") && layer.Options.Contains("Scale = false")));
        return hasWeights && drawer.Chance(20) ? layer with { Options = layer.Options.Add("Trainable = false") } : layer;
    }

    private static bool HasTrained(ArchitectureLayer layer) =>
        layer.Kind is "Dense" or "Conv1D" or "Lstm" or "Gru" or "SimpleRnn" && !layer.Options.Contains("Trainable = false");

    /// <summary>Adds an input, or a layer that reads the current output.</summary>
    private void Add(ArchitectureLayer layer)
    {
        var name = (layer.Kind == "Input" ? "Input" : layer.Kind[..1]) + layers.Count.ToString(CultureInfo.InvariantCulture);
        if (layer.Kind != "Input")
            unread.Remove(current.Name);
        layers.Add(layer with { Name = name });
        if (layer.Kind == "Input")
            Give(new(name, layer.Sizes[0], layer.Sizes[1], Mask: 0) { IsInput = true });
        else
            Give(new(name, drawer.Timesteps, drawer.Width, MaskOf(layer)) { Ends = EndsOf(layer) });
    }

    /// <summary>The layer in whose last states others may begin: of one direction, and without a penalty of what it gives.</summary>
    private static ArchitectureLayer? EndsOf(ArchitectureLayer layer) =>
        layer is { Kind: "Lstm" or "Gru" or "SimpleRnn", Wrapper: null }
            && !layer.Options.Any(option => option.StartsWith("Activity", StringComparison.Ordinal))
            ? layer
            : null;

    /// <summary>Adds a layer of the kind and units of one whose states it begins with.</summary>
    private void BeginWithStates(DrawnOutput encoder)
    {
        var layer = encoder.Ends!;
        var givesAll = drawer.Chance(60);
        var others = new[] { "ReturnSequences = true", "Activity", "GoBackwards = true" };
        ImmutableArray<string> options =
        [
            .. layer.Options.Where(option => !others.Any(other => option.StartsWith(other, StringComparison.Ordinal))),
            .. givesAll ? new[] { "ReturnSequences = true" } : [],
            .. drawer.Chance(25) ? new[] { "GoBackwards = true" } : [],
        ];
        if (!givesAll)
            drawer.Timesteps = 0;
        drawer.Width = layer.Sizes[0];
        unread.Remove(encoder.Name);
        Add(layer with { Options = options, States = encoder.Name, Name = null });
    }

    /// <summary>Adds attention of the current output to itself or to a sequence: as wide as it where they are compared as they are.</summary>
    private void Attend()
    {
        if (current.Timesteps > 0 && drawer.Chance(30))
        {
            Add(new("MultiHeadAttention", drawer.Between(1, 3), drawer.Between(1, 3))
            {
                Options = [.. drawer.Chance(40) ? new[] { "Causal = true" } : [], .. drawer.Chance(40) ? new[] { "UseBias = false" } : []],
            });
            return;
        }

        DrawnOutput[] values = [.. outputs.Where(output => output.Timesteps > 0 && output.Width == current.Width && !output.IsInput)];
        if (values.Length == 0)
            return;
        var value = drawer.OneOf(values);
        unread.Remove(value.Name);
        string[] options =
        [
            .. drawer.Chance(50) ? new[] { drawer.OneOf("UseScale = true", "UseScale = false") } : [],
            .. drawer.Chance(40) ? new[] { "Causal = true" } : [],
        ];
        Add(drawer.Chance(40)
            ? new("AdditiveAttention") { References = [value.Name], Options = [.. options] }
            : new("Attention")
            {
                References = [value.Name],
                Options = [.. options, .. drawer.Chance(40) ? new[] { "ScoreMode = ScoreMode.Concat" } : []],
            });
    }

    private void Give(DrawnOutput output)
    {
        outputs.Add(output);
        unread.Add(output.Name);
        current = output;
    }

    private void Begin(DrawnOutput output)
    {
        if (output.Name == current.Name)
            return;
        layers.Add(new("From") { References = [output.Name] });
        current = output;
        (drawer.Timesteps, drawer.Width) = (output.Timesteps, output.Width);
    }

    private int MaskOf(ArchitectureLayer layer) => layer.Kind switch
    {
        "Masking" => ++masks,
        "Embedding" => layer.Options.IsEmpty ? 0 : ++masks,
        "Dense" or "Activation" or "LayerNormalization" or "BatchNormalization" or "Dropout" or "SpatialDropout1D"
            or "Attention" or "AdditiveAttention" or "MultiHeadAttention" => current.Mask,
        "Lstm" or "Gru" or "SimpleRnn" => layer.Options.Contains("ReturnSequences = true") ? current.Mask : 0,
        _ => 0,
    };

    /// <summary>Puts the current output together with another, after making it fit.</summary>
    private void Merge(DrawnOutput other)
    {
        if (other.Timesteps == 0 && current.Timesteps > 0)
            Add(drawer.ToVector());
        else if (other.Timesteps > 0 && current.Timesteps == 0)
        {
            var vector = current;
            Begin(other);
            Add(drawer.ToVector());
            other = vector;
        }

        var append = current.Timesteps > 0 && (current.Timesteps != other.Timesteps || drawer.Chance(20));

        if (current.Width != other.Width && (append || drawer.Chance(50)))
            Add(Frozen(drawer.Dense(other.Width)));
        if (append)
            Join(new("Concatenate") { Options = ["Axis = 1"] }, [other]);
        else if (current.Width != other.Width)
            Join(new("Concatenate"), [other]);
        else
            MergeAlike(other);
    }

    /// <summary>Puts outputs of one shape together; sometimes also the current one's double.</summary>
    private void MergeAlike(DrawnOutput other)
    {
        var alike = outputs.Where(output => (output.Timesteps, output.Width) == (other.Timesteps, other.Width)).ToArray();
        List<DrawnOutput> named = [other];
        while (named.Count < 3 && drawer.Chance(30))
            named.Add(drawer.OneOf(alike));
        var kind = drawer.OneOf("Add", "Subtract", "Multiply", "Average", "Maximum", "Concatenate");
        if (kind == "Subtract")
            named = [other];
        Join(new(kind), named);
    }

    /// <summary>Adds a layer that puts the current output behind named ones, unless it is among them.</summary>
    private void Join(ArchitectureLayer layer, List<DrawnOutput> named)
    {
        if (named.TrueForAll(output => output == current))
            named = [current, current];
        var all = named.Contains(current) ? named : [.. named, current];
        unread.ExceptWith(named.Select(output => output.Name));
        var isAppended = layer.Options.Contains("Axis = 1");
        var mask = all[0].Mask;
        foreach (var output in all.Skip(1))
        {
            var isBoth = mask > 0 && output.Mask > 0;
            mask = (isBoth && mask != output.Mask) || (isAppended && mask + output.Mask > 0) ? ++masks : isBoth ? mask : 0;
        }

        drawer.Timesteps = isAppended ? all.Sum(output => output.Timesteps) : current.Timesteps;
        drawer.Width = layer.Kind == "Concatenate" && !isAppended ? all.Sum(output => output.Width) : current.Width;
        Add(layer with { References = [.. named.Select(output => output.Name)] });
        outputs[^1] = current = current with { Mask = mask };
    }

    /// <summary>Puts together what nobody has read.</summary>
    private void ReadAll()
    {
        DrawnOutput[] left = [.. outputs.Where(output => unread.Contains(output.Name))];
        if (left.Length == 1 && left[0] == current)
            return;

        if (left.Select(output => output.Timesteps).Distinct().Count() > 1 || drawer.Chance(50))
        {
            for (var place = 0; place < left.Length; place++)
            {
                if (left[place].Timesteps == 0)
                    continue;
                Begin(left[place]);
                Add(drawer.ToVector());
                left[place] = current;
            }
        }

        if (left.Length > 1)
            Join(new("Concatenate"), [.. left.Where(output => output != current)]);
    }

    /// <summary>What a layer or an input gives.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Timesteps">Its timesteps; 0 for none.</param>
    /// <param name="Width">Its width.</param>
    /// <param name="Mask">A number for what says which timesteps count; 0 where all do.</param>
    private sealed record DrawnOutput(string Name, int Timesteps, int Width, int Mask)
    {
        /// <summary>The layer that gives it, where others may begin with its states.</summary>
        public ArchitectureLayer? Ends { get; init; }

        /// <summary>Whether it is an input of the model.</summary>
        public bool IsInput { get; init; }
    }
}
