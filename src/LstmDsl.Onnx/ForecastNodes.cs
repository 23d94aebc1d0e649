using System.Globalization;
using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>
/// What a declared forecast does around its network as nodes: its inputs are raw rows, those that changes are counted from before the
/// window's own, and what is known of the steps ahead; its output is the targets in their units, levels in their order.
/// </summary>
internal sealed class ForecastNodes
{
    private const string Scope = "pipeline";

    private readonly OnnxGraph graph;
    private readonly ForecastPlan plan;
    private readonly Dictionary<string, ColumnScaling> scalings;
    private readonly Dictionary<string, int> places = [];
    private readonly Dictionary<string, (string Center, string Spread)> windows = [];
    private readonly OnnxValue history;
    private readonly Calibration? calibration;

    /// <summary>Begins with the raw inputs.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="pipeline">The way from raw values to the network's.</param>
    /// <param name="inputs">The raw rows and, where they join, the steps ahead.</param>
    public ForecastNodes(OnnxGraph graph, Pipeline pipeline, OnnxValue[] inputs)
    {
        (this.graph, plan, history) = (graph, pipeline.Forecast!, inputs[0]);
        calibration = pipeline.Calibration is { } json ? Calibration.FromJson(json) : null;
        scalings = pipeline.Columns.ToDictionary(column => column.Name, column => column.Scaling, StringComparer.Ordinal);
        graph.Scope = Scope;
        var feature = 0;
        foreach (var column in plan.WindowColumns)
        {
            if (column.Part is null)
                places.TryAdd(column.Name, feature);
            feature += column.Width;
        }

        Inputs = inputs.Length == 1 ? [Window()] : [Window(), Future(inputs[1])];
    }

    /// <summary>The inputs in the network's units.</summary>
    public OnnxValue[] Inputs { get; }

    /// <summary>The inputs' names and shapes in raw values.</summary>
    public static OnnxValue[] RawInputs(ModelPlan model, ForecastPlan plan)
    {
        var rows = plan.Window + RowsBefore(plan);
        return model.Inputs.Count > 1
            ? [new(model.Inputs[0].FileName, rows, plan.WindowWidth), new(model.Inputs[1].FileName, plan.Horizon, plan.FutureWidth)]
            : [new(OnnxModel.InputName, rows, plan.WindowWidth)];
    }

    /// <summary>Refuses what rows and steps alone do not tell.</summary>
    public static void Check(ModelState state)
    {
        var plan = state.Pipeline!.Forecast!;
        foreach (var column in plan.FutureColumns)
        {
            var reason = column switch
            {
                { Lag: > 0, Scaling: Scaling.Difference or Scaling.Seasonal } => "what it was before cannot be told apart from another row",
                { Scaling: Scaling.Difference } when plan.Lead > 0 => "the row before the first step ahead is not among the inputs",
                _ => null,
            };
            if (reason is not null)
                throw Refusal(state, column, reason);
        }

        foreach (var column in plan.Columns)
        {
            if (column.Scaling == Scaling.Seasonal && plan.Horizon + plan.Lead > plan.Season)
                throw Refusal(state, column, string.Create(CultureInfo.InvariantCulture, $"its steps ahead reach beyond one season of {plan.Season}"));
            if (ForecastFrame.IsOfWindow(column.Scaling) && column.Part is null && !plan.WindowColumns.Any(other => other.Name == column.Name))
                throw Refusal(state, column, "its window is not among the inputs");
        }
    }

    /// <summary>The network's output as raw values.</summary>
    public OnnxValue Unscale(OnnxValue output)
    {
        graph.Scope = Scope;
        var (perTarget, parts) = (plan.OutputsPerTarget, new List<string>());
        foreach (var (index, target) in plan.Targets.Index())
        {
            var own = Slice(output.Name, 2, index * perTarget, (index + 1) * perTarget);
            own = Raw(own, target);
            if (target.NonNegative)
                own = graph.Add("Max", [own, graph.Number("zero", 0)]);
            parts.AddRange(Sorted(own, index));
        }

        return output with { Name = parts.Count == 1 ? parts[0] : graph.Add("Concat", parts, OnnxAttribute.Of("axis", 2)) };
    }

    private static int RowsBefore(ForecastPlan plan) => plan.Columns.Max(column => column.Scaling switch
    {
        Scaling.Difference => 1,
        Scaling.Seasonal => plan.Season,
        _ => 0,
    });

    private static NotSupportedException Refusal(ModelState state, ForecastColumn column, string reason) => new(
        $"'{column.Name}' of {state.Plan.Name} is scaled by {nameof(Scaling)}.{column.Scaling}, and {reason}; export it without the pipeline.");

    private OnnxValue Window()
    {
        var features = new List<string>();
        var feature = 0;
        foreach (var column in plan.WindowColumns)
        {
            var rows = Slice(history.Name, 2, feature, feature + column.Width);
            feature += column.Width;
            features.Add(IsPlain(column) ? LastRows(rows, 0) : scalings[column.Name].Kind switch
            {
                Scaling.Difference => Change(LastRows(rows, 0), LastRows(rows, 1), column),
                Scaling.Seasonal => Change(LastRows(rows, 0), LastRows(rows, plan.Season), column),
                _ => Scaled(LastRows(rows, 0), column),
            });
        }

        return new(Joined(features), plan.Window, plan.WindowWidth);
    }

    private OnnxValue Future(OnnxValue raw)
    {
        var features = new List<string>();
        var feature = 0;
        foreach (var column in plan.FutureColumns)
        {
            var steps = Slice(raw.Name, 2, feature, feature + column.Width);
            feature += column.Width;
            features.Add(IsPlain(column) ? steps : scalings[column.Name].Kind switch
            {
                Scaling.Difference => Change(steps, StepsBefore(steps, column), column),
                Scaling.Seasonal => Change(steps, SeasonBefore(column), column),
                _ => Scaled(steps, column),
            });
        }

        return raw with { Name = Joined(features) };
    }

    private static bool IsPlain(ForecastColumn column) => column.Part is not null || column.Categories.Count > 0;

    private string Scaled(string values, ForecastColumn column)
    {
        var scaling = scalings[column.Name];
        if (!ForecastFrame.IsOfWindow(scaling.Kind))
            return PipelineNodes.Scale(graph, values, [scaling]);
        var (center, spread) = OfWindow(column.Name);
        return graph.Add("Div", [graph.Add("Sub", [values, center]), spread]);
    }

    private string Change(string values, string before, ForecastColumn column) =>
        graph.Add("Div", [graph.Add("Sub", [values, before]), graph.Number("scale", scalings[column.Name].Spread)]);

    private string Raw(string output, ForecastColumn target)
    {
        var scaling = scalings[target.Name];
        if (!ForecastFrame.IsRelative(scaling.Kind))
            return PipelineNodes.Unscale(graph, output, [scaling]);
        var (center, spread) = scaling.Kind switch
        {
            Scaling.Difference => (LastRow(Column(target.Name)), graph.Tensor("scale",
                [.. Enumerable.Range(1, plan.Horizon).Select(step => (float)(scaling.Spread * Math.Sqrt(plan.Lead + step)))], 1, plan.Horizon, 1)),
            Scaling.Seasonal => (SeasonBefore(target), graph.Number("scale", scaling.Spread)),
            _ => OfWindow(target.Name),
        };
        return graph.Add("Add", [graph.Add("Mul", [output, spread]), center]);
    }

    // The center and the spread that a window has of its own, (batch, 1, 1).
    private (string Center, string Spread) OfWindow(string name)
    {
        if (windows.TryGetValue(name, out var known))
            return known;
        var rows = LastRows(Column(name), 0);
        var mean = Mean(rows);
        var apart = graph.Add("Sub", [rows, mean]);
        var deviation = graph.Add("Sqrt", [Mean(graph.Add("Mul", [apart, apart]))]);
        var least = graph.Add("Mul", [Mean(graph.Add("Abs", [rows])), graph.Number("least_share", WindowMeasure.LeastShare)]);
        var spread = graph.Add("Max", [deviation, least]);
        // A window of zeros has no size to go by but the training part's.
        spread = graph.Add("Where",
            [graph.Add("Equal", [spread, graph.Number("zero", 0)]), graph.Number("scale", scalings[name].Spread), spread]);
        return windows[name] = (scalings[name].Kind == Scaling.WindowMean ? mean : LastRow(rows), spread);
    }

    // Levels never cross; the mean stands behind them.
    private IEnumerable<string> Sorted(string values, int target)
    {
        var count = plan.Levels.Count;
        if (count < 2)
            return [values];
        var levels = plan.HasMean ? Slice(values, 2, 0, count) : values;
        var (sorted, numbers) = (graph.NewName("TopK"), graph.NewName("TopK_places"));
        graph.AddNode("TopK", [levels, graph.Whole("levels", count)], [sorted, numbers],
            OnnxAttribute.Of("axis", 2), OnnxAttribute.Of("largest", 0), OnnxAttribute.Of("sorted", 1));
        var calibrated = calibration is null ? sorted : Calibrated(sorted, target);
        return plan.HasMean ? [calibrated, Slice(values, 2, count, count + 1)] : [calibrated];
    }

    // As Calibration.Apply has it: ends move by their margins, stop at the level next to them on the way to the median, and at 0.
    private string Calibrated(string levels, int target)
    {
        var count = plan.Levels.Count;
        var moves = new float[plan.Horizon * count];
        for (var step = 0; step < plan.Horizon; step++)
        {
            foreach (var (level, move) in calibration!.Moves(step, target))
                moves[(step * count) + level] = (float)move;
        }

        var moved = graph.Add("Add", [levels, graph.Tensor("margins", moves, 1, plan.Horizon, count)]);
        string[] own = [.. Enumerable.Range(0, count).Select(level => Slice(moved, 2, level, level + 1))];
        var median = plan.PointOutput;
        for (var level = median - 1; level >= 0; level--)
            own[level] = graph.Add("Min", [own[level], own[level + 1]]);
        for (var level = median + 1; level < count; level++)
            own[level] = graph.Add("Max", [own[level], own[level - 1]]);
        var ordered = graph.Add("Concat", own, OnnxAttribute.Of("axis", 2));
        return plan.Targets.ElementAt(target).NonNegative ? graph.Add("Max", [ordered, graph.Number("zero", 0)]) : ordered;
    }

    private string Column(string name) => Slice(history.Name, 2, places[name], places[name] + 1);

    private string LastRows(string rows, int before) =>
        Slice(rows, 1, history.Timesteps - before - plan.Window, history.Timesteps - before);

    private string LastRow(string rows) => Slice(rows, 1, -1, int.MaxValue);

    // Of each step ahead the row a season before it.
    private string SeasonBefore(ForecastColumn column)
    {
        var first = history.Timesteps + plan.Lead - plan.Season;
        return Slice(Column(column.Name), 1, first, first + plan.Horizon);
    }

    private string StepsBefore(string steps, ForecastColumn column)
    {
        var last = LastRow(Column(column.Name));
        return plan.Horizon == 1 ? last : graph.Add("Concat", [last, Slice(steps, 1, 0, plan.Horizon - 1)], OnnxAttribute.Of("axis", 1));
    }

    private string Mean(string rows) => graph.Add(
        "Div", [graph.Add("ReduceSum", [rows, graph.Whole("axes", 1)], OnnxAttribute.Of("keepdims", 1)), graph.Number("rows", plan.Window)]);

    private string Joined(List<string> features) => features.Count == 1 ? features[0] : graph.Add("Concat", features, OnnxAttribute.Of("axis", 2));

    private string Slice(string value, int axis, int from, int to) => graph.Add(
        "Slice", [value, graph.Whole("from", from), graph.Whole("to", to), graph.Whole("axes", axis)]);
}
