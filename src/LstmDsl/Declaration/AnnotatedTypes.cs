namespace LstmDsl;

/// <summary>What the attributes may stand on.</summary>
internal static class AnnotatedTypes
{
    /// <summary>
    /// More than the classes that models are: where the compiler refused an attribute, its error would hide the diagnostic that says why
    /// only a class can be a model.
    /// </summary>
    public const AttributeTargets All = AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface;
}
