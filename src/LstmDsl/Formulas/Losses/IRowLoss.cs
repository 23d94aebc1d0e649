namespace LstmDsl.CompilerServices;

/// <summary>A function of a whole row, the last axis of the output: one value for all of its columns.</summary>
internal interface IRowLoss
{
    /// <summary>Columns of a target that belongs to an output of so many columns.</summary>
    int TargetColumns(int columns);

    /// <summary>The function's value; its derivatives go to <see cref="ILossRows{TLanes}.SetGradient"/> where they are wanted.</summary>
    TLanes Run<TLanes, TRows>(in TRows rows)
        where TLanes : unmanaged, ILanes<TLanes>
        where TRows : struct, ILossRows<TLanes>;
}

/// <summary>One row, or several that go through the same arithmetic, a row in each lane.</summary>
/// <typeparam name="TLanes">A column's numbers.</typeparam>
internal interface ILossRows<TLanes> where TLanes : unmanaged, ILanes<TLanes>
{
    /// <summary>Columns of the output.</summary>
    int Columns { get; }

    /// <summary>Whether <see cref="SetGradient"/> is to be called, once for each column.</summary>
    bool WantsGradient { get; }

    /// <summary>A column of the target.</summary>
    TLanes Target(int column);

    /// <summary>A column of the prediction.</summary>
    TLanes Prediction(int column);

    /// <summary>Takes the derivative to a column of the prediction.</summary>
    void SetGradient(int column, TLanes derivative);
}
