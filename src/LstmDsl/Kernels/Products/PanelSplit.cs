using System.Runtime.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// How the columns of a product are cut into panels of one to four vectors (<see cref="RegisterTile"/>). Columns that fill no whole vector
/// are covered by a last vector that overlaps the one before it: both are computed alike, so that the overlap holds the same numbers twice.
/// The two stand in one panel, whose tile reads before it writes. There are at least as many columns as a vector has lanes.
/// </summary>
internal struct PanelSplit(int columns, int lanes)
{
    private readonly int vectors = (columns + lanes - 1) / lanes;
    private int taken;

    /// <summary>Vectors of the panel at hand.</summary>
    public int Vectors { get; private set; }

    /// <summary>First column of the panel at hand.</summary>
    public int Column { get; private set; }

    /// <summary>Where the last vector of the panel at hand starts, from <see cref="Column"/>.</summary>
    public int Last { get; private set; }

    /// <summary>Vectors of the panels before the one at hand.</summary>
    public readonly int VectorsBefore => taken - Vectors;

    /// <summary>Goes on to the next panel; false after the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Next()
    {
        var left = vectors - taken;
        if (left == 0)
            return false;

        Vectors = RegisterTile.VectorsOf(left);
        Column = taken * lanes;
        taken += Vectors;
        Last = taken == vectors ? columns - lanes - Column : (Vectors - 1) * lanes;
        return true;
    }
}
