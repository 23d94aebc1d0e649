using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using ILGPU;

namespace LstmDsl;

/// <summary>
/// Finds the drivers' libraries by the names that Linux distributions give them. ILGPU asks for <c>libOpenCL.so</c> and <c>libcuda.so</c>,
/// which only the packages for C developers bring; the drivers themselves bring <c>libOpenCL.so.1</c> and <c>libcuda.so.1</c>.
/// </summary>
internal static class DriverLibraries
{
    private static readonly Lock Gate = new();
    private static bool answers;

    /// <summary>
    /// From now on, what ILGPU does not find by its own name is looked for by the other. An event, which comes after .NET's own search and
    /// leaves an application free to resolve libraries as it likes.
    /// </summary>
    public static void FindByVersion()
    {
        lock (Gate)
        {
            if (!answers && AssemblyLoadContext.GetLoadContext(typeof(Context).Assembly) is { } context)
                context.ResolvingUnmanagedDll += Load;
            answers = true;
        }
    }

    /// <summary>The file that a distribution's package brings for a library of ILGPU's; null where there is no other name.</summary>
    /// <param name="library">The name that ILGPU asks for.</param>
    public static string? VersionedName(string library) => library switch
    {
        "OpenCL" => "libOpenCL.so.1",
        "cuda" => "libcuda.so.1",
        _ => null,
    };

    private static nint Load(Assembly asking, string library) =>
        asking == typeof(Context).Assembly && VersionedName(library) is { } name && NativeLibrary.TryLoad(name, out var found) ? found : 0;
}
