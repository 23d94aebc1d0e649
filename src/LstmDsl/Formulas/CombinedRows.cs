namespace LstmDsl.Kernels;

/// <summary>Which of two rows there is more in than padding, so that it enters what is made of them.</summary>
internal enum CombinedRows
{
    /// <summary>Neither: the row is zeros.</summary>
    None,

    /// <summary>The first alone, as it is.</summary>
    First,

    /// <summary>The second alone, as it is.</summary>
    Second,

    /// <summary>Both.</summary>
    Both,
}
