namespace LstmDsl.Package.Tests;

/// <summary>A project outside the repository that uses the package.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Folder">Its folder.</param>
/// <param name="Packages">The folder of its restored packages.</param>
internal sealed record ConsumerProject(string Name, string Folder, string Packages)
{
    /// <summary>The path of a file of the project.</summary>
    public string File(string name) => Path.Combine(Folder, name);

    /// <summary>Builds it as a user would, with <c>dotnet build</c>.</summary>
    public ProgramRun Build() => Dotnet.Run(Folder, Packages, "build");

    /// <summary>Runs what was built, in the project's folder.</summary>
    public ProgramRun Run() => Dotnet.Run(Folder, Packages, "run", "--no-build");

    /// <summary>Publishes it for this machine, and returns what the build said.</summary>
    public ProgramRun Publish() => Dotnet.Run(Folder, Packages, "publish", "--use-current-runtime", "-o", File("published"));

    /// <summary>Runs what was published, in the project's folder.</summary>
    public ProgramRun RunPublished() =>
        Dotnet.RunProgram(Path.Combine(File("published"), Name + (OperatingSystem.IsWindows() ? ".exe" : "")), Folder);
}
