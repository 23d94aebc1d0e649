using System.Text;

namespace LstmDsl.Tests;

/// <summary>A file that lives as long as a test.</summary>
internal sealed class TemporaryFile : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("lstmdsl-").FullName;

    public TemporaryFile(byte[] content)
    {
        Path = System.IO.Path.Combine(folder, "series.csv");
        File.WriteAllBytes(Path, content);
    }

    public TemporaryFile(string content) : this(Encoding.UTF8.GetBytes(content)) { }

    public string Path { get; }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
