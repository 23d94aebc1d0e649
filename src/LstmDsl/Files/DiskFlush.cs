using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace LstmDsl;

/// <summary>
/// Brings to the disk itself what was written, or says that the disk refused it. On Unix the system is asked directly: what .NET flushes
/// there (<c>FileStream.Flush(true)</c>, <c>RandomAccess.FlushToDisk</c>) may stay silent where the system fails to, and it flushes no
/// folder. On Windows it throws.
/// </summary>
internal static partial class DiskFlush
{
    /// <summary>EINTR, the same number on either system, as are the others without a choice.</summary>
    private const int Interrupted = 4;

    /// <summary>EACCES.</summary>
    private const int PermissionDenied = 13;

    /// <summary>EINVAL: the file system has no such operation. EROFS is none of these: a disk that failed becomes read-only.</summary>
    private const int InvalidArgument = 22;

    /// <summary>O_RDONLY.</summary>
    private const int ReadOnly = 0;

    /// <summary>F_FULLFSYNC of macOS, whose <c>fsync</c> leaves the disk's own cache alone.</summary>
    private const int FullFlush = 51;

    /// <summary>ENOTSUP.</summary>
    private static readonly int NotSupported = OperatingSystem.IsLinux() ? 95 : 45;

    /// <summary>O_CLOEXEC: a program started meanwhile does not inherit the handle.</summary>
    private static readonly int CloseOnExecute = OperatingSystem.IsLinux() ? 0x80000 : 0x1000000;

    /// <summary>Flushes a file, its permissions included.</summary>
    /// <param name="handle">The file, all of whose bytes the system has.</param>
    /// <param name="path">Its name, for the message.</param>
    /// <exception cref="IOException">The disk did not take it; what it holds is not known.</exception>
    public static void File(SafeFileHandle handle, string path) => Flush(handle, path, contentAlone: false);

    /// <summary>Flushes a file's content and length alone, which is all that rows behind the others need.</summary>
    /// <inheritdoc cref="File"/>
    public static void Content(SafeFileHandle handle, string path) => Flush(handle, path, contentAlone: true);

    /// <summary>
    /// Flushes a folder's names, where its file system can: on Unix a new name is only certain to survive after that. Elsewhere it does
    /// nothing.
    /// </summary>
    /// <exception cref="IOException">The disk did not take them.</exception>
    public static void Folder(string folder)
    {
        if (!(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS()))
            return;
        var descriptor = Open(folder, ReadOnly | CloseOnExecute);
        if (descriptor < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            // A folder may be writable without being readable; then this is as far as its owner lets us go.
            if (error == PermissionDenied)
                return;
            throw Failure(error, folder);
        }

        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        Flush(handle, folder, contentAlone: false);
    }

    private static void Flush(SafeFileHandle handle, string path, bool contentAlone)
    {
        if (!(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS()))
        {
            RandomAccess.FlushToDisk(handle);
            return;
        }

        int error;
        do
        {
            error = Call(handle, contentAlone);
        }
        while (error == Interrupted);
        if (error != 0 && !HasNoSuchOperation(error))
            throw Failure(error, path);
    }

    [SupportedOSPlatform("linux")]
    [SupportedOSPlatform("macos")]
    private static int Call(SafeFileHandle handle, bool contentAlone)
    {
        if (OperatingSystem.IsMacOS())
        {
            var full = Error(Control(handle, FullFlush));
            // Disks on a network have the plain one alone.
            if (!HasNoSuchOperation(full))
                return full;
        }

        return Error(contentAlone && OperatingSystem.IsLinux() ? SynchronizeData(handle) : Synchronize(handle));
    }

    private static bool HasNoSuchOperation(int error) => error == InvalidArgument || error == NotSupported;

    private static int Error(int result) => result >= 0 ? 0 : Marshal.GetLastPInvokeError();

    private static IOException Failure(int error, string path) => new($"{Marshal.GetPInvokeErrorMessage(error)}: '{path}'", error);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Synchronize(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int SynchronizeData(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(SafeFileHandle file, int command);
}
