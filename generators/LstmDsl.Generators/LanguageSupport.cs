// Types by which the compiler recognises language features, and which netstandard2.0 lacks. Written here, not brought by a package:
// the usual ones write them in an order that changes from build to build, and the same source should give the same bytes.
namespace System.Runtime.CompilerServices
{
    /// <summary>Marks a property that is set during initialisation alone.</summary>
    internal static class IsExternalInit;

    /// <summary>Marks a member that every initialiser sets.</summary>
    [AttributeUsage(
        AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Field | AttributeTargets.Property, Inherited = false)]
    internal sealed class RequiredMemberAttribute : Attribute;

    /// <summary>Keeps a compiler that does not know a feature from using what relies on it.</summary>
    [AttributeUsage(AttributeTargets.All, AllowMultiple = true, Inherited = false)]
    internal sealed class CompilerFeatureRequiredAttribute(string featureName) : Attribute
    {
        /// <summary>The feature.</summary>
        public string FeatureName { get; } = featureName;
    }
}

namespace System.Diagnostics.CodeAnalysis
{
    /// <summary>Marks a constructor that sets every required member.</summary>
    [AttributeUsage(AttributeTargets.Constructor, Inherited = false)]
    internal sealed class SetsRequiredMembersAttribute : Attribute;
}

namespace System
{
    /// <summary>A position counted from the start or, written <c>^1</c>, from the end.</summary>
    internal readonly struct Index(int value, bool fromEnd = false)
    {
        /// <summary>The position from the start in a collection of a length.</summary>
        public int GetOffset(int length) => fromEnd ? length - value : value;
    }
}
