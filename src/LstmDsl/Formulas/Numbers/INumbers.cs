using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// Numbers that a formula reads by their places: a row, a column, a unit through time. Where they lie is a backend's affair; what
/// implements it is a struct of numbers and pointers or views, which a GPU takes too.
/// </summary>
/// <typeparam name="TLanes">What is read at a place: a number, or one for each of several rows.</typeparam>
internal interface INumbers<TLanes> where TLanes : unmanaged, ILanes<TLanes>
{
    /// <summary>How many.</summary>
    int Length { get; }

    /// <summary>What lies at a place.</summary>
    TLanes this[int place] { get; }
}

/// <summary>Numbers of which padding does not count.</summary>
/// <typeparam name="TNumber">A number.</typeparam>
internal interface IMaskedNumbers<TNumber> : INumbers<TNumber> where TNumber : unmanaged, IOneLane<TNumber>
{
    /// <summary>Whether what lies at a place counts.</summary>
    bool Counts(int place);
}
