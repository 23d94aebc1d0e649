namespace LstmDsl.Tests;

/// <summary>
/// What this assembly does as a program of its own: the training run that <see cref="KilledRunTests"/> kills. Test runners load the assembly
/// and never come here.
/// </summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        if (arguments is not [KilledRun.Command])
        {
            Console.Error.WriteLine($"Run the tests with 'dotnet test'. As a program this trains until it is killed: {KilledRun.Command}");
            return 2;
        }

        KilledRun.Train();
        return 0;
    }
}
