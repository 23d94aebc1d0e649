namespace LstmDsl;

/// <summary>
/// Asks for the mean of each target beside its quantiles: demand that comes now and then has a median of 0, and a mean that is not.
/// </summary>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)]
public sealed class MeanAttribute : Attribute;
