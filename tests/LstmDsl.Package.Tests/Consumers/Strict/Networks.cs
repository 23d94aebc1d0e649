using LstmDsl;

namespace Weather;

/// <summary>Holds a model.</summary>
internal static partial class Networks
{
    /// <summary>A model within another type.</summary>
    [Input(20, 1)]
    [Lstm(6, ReturnSequences = true)]
    [Lstm(4)]
    [Dense(1)]
    internal sealed partial class NestedModel;
}
