namespace LstmDsl;

/// <summary>
/// Says that the layer that follows works on each timestep of a sequence by itself, as <c>keras.layers.TimeDistributed</c> does. It stands
/// before layers that do so in any case, and changes neither what they compute nor how they train: files and summaries show it, and the layer's
/// Name, by default <c>TimeDistributed</c>, names both.
/// </summary>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)]
public sealed class TimeDistributedAttribute : Attribute
{
    /// <summary>The class in summaries and files.</summary>
    internal const string Kind = "TimeDistributed";
}
