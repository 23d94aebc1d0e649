using System.Globalization;

namespace LstmDsl;

/// <summary>
/// A series as a declared forecast's network takes it: rows of the window and of the horizon in the network's units, the windows' own scales,
/// and the way back. A window of the last known row o holds the rows o − window + 1 … o; the steps ahead are o + lead + 1 … o + lead + horizon.
/// </summary>
internal sealed class ForecastFrame
{
    private readonly ForecastPlan plan;
    private readonly FrameRows rows;
    private readonly int first;
    private readonly Dictionary<string, ColumnScaling> scalings;
    private readonly string[] scaledByWindow;
    private readonly WindowScales? scales;
    private readonly double[] centers, spreads;
    private readonly RowsView window;
    private readonly RowsView? future, futureOfStart;
    private readonly WholeWindows whole;
    private readonly ForecastColumn[] targets;

    /// <summary>Brings rows to the network's units.</summary>
    /// <param name="plan">What is forecast from what.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="scalings">The columns' scalings, by their names.</param>
    /// <param name="first">The first row that a window reads; those before it are left out.</param>
    public ForecastFrame(ForecastPlan plan, FrameRows rows, Dictionary<string, ColumnScaling> scalings, int first = 0)
    {
        (this.plan, this.rows, this.scalings, this.first) = (plan, rows, scalings, first);
        whole = new(plan, rows, rows.Clock);
        targets = [.. plan.Targets];
        scaledByWindow =
        [
            .. plan.Columns.Where(column => column.Part is null && IsOfWindow(scalings[column.Name].Kind))
                .Select(column => column.Name).Distinct(StringComparer.Ordinal),
        ];
        (scales, centers, spreads) = MeasureWindows();
        window = View([.. plan.WindowColumns], first: 0, plan.Window);
        var joined = plan.FutureColumns.ToArray();
        future = joined.Length == 0 ? null : View(joined, plan.Window + plan.Lead, plan.Horizon);
        // Beyond one season the steps ahead go back to different ones.
        if (plan.Horizon + plan.Lead > plan.Season && joined.Any(column => column is { Part: null, Scaling: Scaling.Seasonal }))
            futureOfStart = FutureByStart(joined, future!);
        Parts = new(future is null ? [window] : [window, futureOfStart ?? future], scales);
    }

    /// <summary>Rows from a window's first to the first step ahead.</summary>
    public int FirstStep => plan.Window + plan.Lead;

    /// <summary>Rows from a window's first to the last step ahead.</summary>
    public int Reach => FirstStep + plan.Horizon - 1;

    /// <summary>What samples are put together of.</summary>
    public SampleParts Parts { get; }

    /// <summary>The rows, in raw units.</summary>
    public FrameRows Rows => rows;

    /// <inheritdoc cref="WholeWindows.IsComplete"/>
    public bool IsComplete(int start) => whole.IsComplete(start);

    /// <inheritdoc cref="WholeWindows.HasTargets"/>
    public bool HasTargets(int start) => whole.HasTargets(start);

    /// <inheritdoc cref="WholeWindows.FirstMissing"/>
    public string? FirstMissing(int start) => whole.FirstMissing(start);

    /// <inheritdoc cref="WindowReads.Earliest(int)"/>
    public int Earliest(int start) => whole.Reads.Earliest(start);

    /// <summary>A target's raw value in the network's units.</summary>
    /// <param name="target">The target, from 0.</param>
    /// <param name="start">The window's first row.</param>
    /// <param name="step">The step ahead, from 0.</param>
    /// <param name="raw">The raw value.</param>
    public double Scale(int target, int start, int step, double raw)
    {
        var (center, spread) = Reference(target, start, step);
        var scaling = scalings[targets[target].Name];
        return center is { } taken ? (raw - taken) / spread : scaling.Apply(raw);
    }

    /// <summary>A value in the network's units as a raw one of a target: it rises with the value.</summary>
    /// <param name="target">The target, from 0.</param>
    /// <param name="start">The window's first row.</param>
    /// <param name="step">The step ahead, from 0.</param>
    /// <param name="value">The value in the network's units.</param>
    public double Unscale(int target, int start, int step, double value)
    {
        var (center, spread) = Reference(target, start, step);
        var scaling = scalings[targets[target].Name];
        return center is { } taken ? (value * spread) + taken : scaling.Invert(value);
    }

    /// <summary>A target's raw value at a step ahead; NaN where it is not known.</summary>
    public double Actual(int target, int start, int step) => rows[targets[target].Name][start + FirstStep + step];

    /// <summary>The steps ahead of some windows in the network's units, (windows, steps, targets), or shared rows where windows have no scales of their own.</summary>
    public (FloatRows Rows, Places<long> Starts) Targets(Places<int> starts)
    {
        var count = targets.Length;
        if (targets.All(target => !IsRelative(scalings[target.Name].Kind)))
        {
            var shared = new float[rows.Count * count];
            for (var row = 0; row < rows.Count; row++)
            {
                for (var target = 0; target < count; target++)
                    shared[(row * count) + target] = (float)scalings[targets[target].Name].Apply(rows[targets[target].Name][row]);
            }

            return (shared, starts.Scaled(count, (long)FirstStep * count));
        }

        var length = plan.Horizon * count;
        var own = new float[checked(starts.Count * length)];
        for (var index = 0; index < starts.Count; index++)
        {
            for (var step = 0; step < plan.Horizon; step++)
            {
                for (var target = 0; target < count; target++)
                {
                    own[(index * length) + (step * count) + target] =
                        (float)Scale(target, starts[index], step, Actual(target, starts[index], step));
                }
            }
        }

        return (own, new(0, length, starts.Count));
    }

    /// <summary>Whether a scaling takes its numbers from each window.</summary>
    public static bool IsOfWindow(Scaling kind) => kind is Scaling.WindowMean or Scaling.WindowLast;

    /// <summary>Whether a target so scaled is told apart from what is known at the window's end.</summary>
    public static bool IsRelative(Scaling kind) => IsOfWindow(kind) || kind is Scaling.Difference or Scaling.Seasonal;

    /// <summary>A column's changes in raw units, as <see cref="Scaling.Difference"/> and <see cref="Scaling.Seasonal"/> take them.</summary>
    public static double[] Changes(ForecastPlan plan, FrameRows rows, string column, Scaling kind)
    {
        var values = rows[column];
        var changes = new double[values.Length];
        for (var row = 0; row < changes.Length; row++)
        {
            var before = WindowReads.ChangedFrom(plan, rows.Clock, kind, row);
            changes[row] = before < 0 ? double.NaN : values[row] - values[before];
        }

        return changes;
    }

    private (double? Center, double Spread) Reference(int target, int start, int step)
    {
        var (name, last) = (targets[target].Name, start + plan.Window - 1);
        var scaling = scalings[name];
        switch (scaling.Kind)
        {
            case Scaling.Difference:
                // As far as a random walk goes in so many steps: each step's target has the same size.
                return (rows[name][last], scaling.Spread * Math.Sqrt(plan.Lead + step + 1));
            case Scaling.Seasonal:
                var before = rows.Clock.LastOfPhase(start + FirstStep + step, plan.Season, last);
                return (before < 0 ? double.NaN : rows[name][before], scaling.Spread);
            case Scaling.WindowMean or Scaling.WindowLast:
                var place = (start * scaledByWindow.Length) + Array.IndexOf(scaledByWindow, name);
                return (centers[place], spreads[place]);
            default:
                return (null, 1);
        }
    }

    private RowsView View(ForecastColumn[] columns, int first, int timesteps)
    {
        var width = columns.Sum(column => column.Width);
        var values = new float[checked(rows.Count * width)];
        var places = new int[width];
        var feature = 0;
        foreach (var column in columns)
        {
            Fill(column, values, width, feature);
            for (var part = 0; part < column.Width; part++)
                places[feature++] = column.Part is null ? Array.IndexOf(scaledByWindow, column.Name) : -1;
        }

        return new(values, width, timesteps) { First = first, Scales = places.Any(place => place >= 0) ? places : null };
    }

    private void Fill(ForecastColumn column, float[] values, int width, int feature)
    {
        if (column.Part is { } part)
        {
            for (var row = first; row < rows.Count; row++)
                (values[(row * width) + feature], values[(row * width) + feature + 1]) = DateParts.Of(part, rows.TimeAt(row));
            return;
        }

        var scaling = scalings[column.Name];
        var raw = scaling.Kind is Scaling.Difference or Scaling.Seasonal
            ? Changes(plan, rows, column.Name, scaling.Kind)
            : rows[column.Name];
        for (var row = first; row < rows.Count; row++)
        {
            var source = whole.Reads.Source(column, row);
            var value = source < 0 ? double.NaN : raw[source];
            if (column.Categories.Count > 0)
            {
                for (var category = 0; category < column.Categories.Count; category++)
                    values[(row * width) + feature + category] = double.IsNaN(value) ? float.NaN : value == category ? 1 : 0;
                continue;
            }

            values[(row * width) + feature] = Scaled(column.Name, scaling, value, source);
        }
    }

    private float Scaled(string column, ColumnScaling scaling, double raw, int row)
    {
        if (raw <= scaling.LeastExcluded)
            throw ScalingFit.NoLogarithm(rows.Series, row, rows.Series.ColumnIndex(column, nameof(column)), scaling.Kind);
        var scaled = (float)scaling.Apply(raw);
        return float.IsFinite(scaled) || double.IsNaN(raw)
            ? scaled
            : throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture,
                $"{rows.Series.Name}, {rows.When(row)}, column '{column}': {raw} is too large for a float in the network's units. Bring it to another unit."));
    }

    // What a known column lies above its value at the row that the target's reference is, too.
    private RowsView FutureByStart(ForecastColumn[] columns, RowsView byRow)
    {
        var (width, starts) = (byRow.Features, rows.Count - Reach);
        if (starts <= 0)
            return byRow;
        var values = new float[checked(starts * plan.Horizon * width)];
        for (var start = first; start < starts; start++)
        {
            for (var step = 0; step < plan.Horizon; step++)
            {
                var row = start + FirstStep + step;
                var own = values.AsSpan(((start * plan.Horizon) + step) * width, width);
                byRow.Rows.Slice((long)row * width, width).CopyTo(own);
                var feature = 0;
                foreach (var column in columns)
                {
                    if (column is { Part: null, Scaling: Scaling.Seasonal, Lag: 0 })
                    {
                        var before = rows.Clock.LastOfPhase(row, plan.Season, start + plan.Window - 1);
                        var change = before < 0 ? double.NaN : rows[column.Name][row] - rows[column.Name][before];
                        own[feature] = Scaled(column.Name, scalings[column.Name], change, row);
                    }

                    feature += column.Width;
                }
            }
        }

        return byRow with { Rows = values, First = 0, RowsOfStart = plan.Horizon };
    }

    // In double from raw values; the network's rows are standardised first, so what it takes away and multiplies with is so, too.
    private (WindowScales? Scales, double[] Centers, double[] Spreads) MeasureWindows()
    {
        var width = scaledByWindow.Length;
        if (width == 0)
            return (null, [], []);
        double[] ownCenters = new double[rows.Count * width], ownSpreads = new double[rows.Count * width];
        float[] shifts = new float[ownCenters.Length], factors = new float[ownCenters.Length];
        for (var column = 0; column < width; column++)
        {
            var (values, scaling) = (rows[scaledByWindow[column]], scalings[scaledByWindow[column]]);
            for (var start = first; start + plan.Window <= rows.Count; start++)
            {
                var own = values.AsSpan(start, plan.Window);
                var measure = WindowMeasure.Of(own);
                var center = scaling.Kind == Scaling.WindowMean ? measure.Mean : own[^1];
                // A window of zeros has no size to go by but the training part's.
                var spread = measure.Spread == 0 ? scaling.Spread : measure.Spread;
                var place = (start * width) + column;
                (ownCenters[place], ownSpreads[place]) = (center, spread);
                (shifts[place], factors[place]) = ((float)scaling.Apply(center), (float)(scaling.Spread / spread));
            }
        }

        return (new(width, shifts, factors), ownCenters, ownSpreads);
    }
}
