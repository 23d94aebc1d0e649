namespace LstmDsl;

/// <summary>
/// Where what is known of the horizon joins what stands before: behind a vector flattened, behind a sequence of the horizon's length (<c>[RepeatVector]</c>
/// gives one) step by step.
/// </summary>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)]
public sealed class FutureAttribute : Attribute;
