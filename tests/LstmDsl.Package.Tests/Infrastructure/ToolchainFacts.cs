namespace LstmDsl.Package.Tests;

/// <summary>A test that publishes trimmed; where that cannot be done it is skipped and says why.</summary>
internal sealed class TrimmingFactAttribute : FactAttribute
{
    public TrimmingFactAttribute() => Skip = Toolchain.WhyNoTrimming;
}

/// <summary>A test of the long lane that needs the package with precompiled libraries; where none can be made it is skipped and says why.</summary>
internal sealed class PrecompiledFactAttribute : FactAttribute
{
    public PrecompiledFactAttribute() => Skip = LongLane.WhyNot ?? Toolchain.WhyNoPrecompilation;
}

/// <summary>A test that compiles to native code; where that cannot be done it is skipped and says why.</summary>
internal sealed class NativeFactAttribute : FactAttribute
{
    public NativeFactAttribute() => Skip = Toolchain.WhyNoNativeCompilation;
}
