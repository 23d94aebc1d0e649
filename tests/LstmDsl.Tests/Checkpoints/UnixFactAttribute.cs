namespace LstmDsl.Tests;

/// <summary>A test of what files can do on Unix alone; elsewhere it is skipped and says so.</summary>
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute()
    {
        if (OperatingSystem.IsWindows())
        {
            Skip = "Tests what files can do on Unix alone.";
        }
    }
}
