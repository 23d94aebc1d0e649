using System.Text;

namespace LstmDsl;

/// <summary>How windows lie in their series, and the way from the network's units back to the series' own.</summary>
internal interface IWindowRows
{
    /// <summary>The series, in raw units.</summary>
    TimeSeries Series { get; }

    /// <summary>The way from raw values to windows.</summary>
    Pipeline Pipeline { get; }

    /// <summary>The shape of a window where it is more than rows of columns; null where it is not.</summary>
    string? ShapeText => null;

    /// <summary>The row of the series that a window's target is, or the last of its targets.</summary>
    /// <param name="start">The window's first row.</param>
    int LastTargetRow(int start);

    /// <summary>The row of the series that a window's target at a step is.</summary>
    /// <param name="start">The window's first row.</param>
    /// <param name="step">The step, from 0.</param>
    long TargetRow(int start, int step);

    /// <summary>The last row of a window.</summary>
    /// <param name="start">The window's first row.</param>
    int LastRow(int start);

    /// <summary>The series' column that a target is.</summary>
    /// <param name="target">The target, from 0.</param>
    int TargetColumn(int target);

    /// <summary>A network's value for a target as a raw one.</summary>
    /// <param name="start">The window's first row.</param>
    /// <param name="step">The step, from 0.</param>
    /// <param name="target">The target, from 0.</param>
    /// <param name="value">The value in the network's units.</param>
    double Unscale(int start, int step, int target, double value);

    /// <summary>The last window, whose target lies behind the series.</summary>
    /// <param name="rows">The set's rows.</param>
    BatchSource Latest(FloatRows rows);

    /// <summary>Adds what a person would look at.</summary>
    void Describe(StringBuilder text, WindowedDataset set);
}
