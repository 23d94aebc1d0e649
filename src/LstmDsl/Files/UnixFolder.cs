using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace LstmDsl;

/// <summary>What .NET does not offer: here a new name is only certain to survive once its folder was flushed to disk.</summary>
[SupportedOSPlatform("linux")]
[SupportedOSPlatform("macos")]
internal static partial class UnixFolder
{
    /// <summary>EACCES, the same number on either system.</summary>
    private const int PermissionDenied = 13;

    /// <summary>O_RDONLY, the same number on either system.</summary>
    private const int ReadOnly = 0;

    /// <summary>O_CLOEXEC: a program started meanwhile does not inherit the handle.</summary>
    private static readonly int CloseOnExecute = OperatingSystem.IsLinux() ? 0x80000 : 0x1000000;

    /// <summary>Flushes a folder's names to disk, where its file system can.</summary>
    /// <exception cref="IOException">The system failed to.</exception>
    public static void Flush(string folder)
    {
        var descriptor = Open(folder, ReadOnly | CloseOnExecute);
        if (descriptor < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error == PermissionDenied)
            {
                // A folder may be writable without being readable; then this is as far as its owner lets us go.
                return;
            }

            throw new IOException($"{Marshal.GetPInvokeErrorMessage(error)}: '{folder}'");
        }

        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        // Keeps silent where the file system has no such operation, and throws otherwise.
        RandomAccess.FlushToDisk(handle);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);
}
