// Types by which the compiler recognises what takes an interpolated string piece by piece, and which netstandard2.0 lacks.
namespace System.Runtime.CompilerServices;

/// <summary>Marks a type that takes an interpolated string piece by piece.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
internal sealed class InterpolatedStringHandlerAttribute : Attribute;

/// <summary>Says with which argument of a call such a type is made; the empty name is what the method is called on.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class InterpolatedStringHandlerArgumentAttribute(string argument) : Attribute
{
    /// <summary>The arguments.</summary>
    public string[] Arguments { get; } = [argument];
}
