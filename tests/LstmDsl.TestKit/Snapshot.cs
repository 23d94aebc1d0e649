using System.Runtime.CompilerServices;

namespace LstmDsl.Tests;

/// <summary>
/// Compares a text with the file beside the test, by Verify's convention: <c>Class.Method.verified.cs</c> (or another extension) holds what
/// was accepted, and a mismatch leaves <c>Class.Method.received.cs</c>, to be looked at and, if it is right, renamed.
/// </summary>
internal static class Snapshot
{
    public static void Verify(string text, string extension = "cs", [CallerFilePath] string file = "", [CallerMemberName] string test = "")
    {
        var stem = Path.Combine(Path.GetDirectoryName(file)!, $"{Path.GetFileNameWithoutExtension(file)}.{test}");
        var (verified, received) = ($"{stem}.verified.{extension}", $"{stem}.received.{extension}");
        var accepted = File.Exists(verified) ? File.ReadAllText(verified) : null;
        if (accepted == text)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, text);
        Assert.Fail(accepted is null
            ? $"There is no {verified} yet; {received} holds what was found."
            : $"{received} differs from {Path.GetFileName(verified)}, first in line {FirstDifference(accepted, text)}.");
    }

    private static int FirstDifference(string accepted, string text)
    {
        var (left, right) = (accepted.Split('\n'), text.Split('\n'));
        var line = 0;
        while (line < Math.Min(left.Length, right.Length) && left[line] == right[line])
            line++;
        return line + 1;
    }
}
