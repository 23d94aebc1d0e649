namespace LstmDsl;

/// <summary>Stands in for everything that needs ILGPU, in a build that did not find it: there is no device, and this is why.</summary>
internal static class IlgpuPlatform
{
    /// <summary>Why there is no device.</summary>
    public static string? Missing => "looked for ILGPU, but this build of LstmDsl.Ilgpu is without it: no package source had it";

    /// <summary>No devices.</summary>
    public static IReadOnlyList<IlgpuConnection> Connections => [];

    /// <summary>No devices that cannot be used either.</summary>
    public static IReadOnlyList<string> Unsuitable => [];
}
