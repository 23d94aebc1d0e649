namespace LstmDsl;

/// <summary>
/// Where what is known of the horizon joins: behind a vector flattened, behind a sequence of the horizon's length step by step.
/// </summary>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)]
public sealed class FutureAttribute : Attribute;
