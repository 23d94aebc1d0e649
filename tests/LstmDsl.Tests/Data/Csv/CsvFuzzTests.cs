using System.Text;
using System.Text.RegularExpressions;
using Xunit.Abstractions;

namespace LstmDsl.Tests;

/// <summary>Files in every form, changed a little at random: each is read, or refused with the line and the column.</summary>
public sealed partial class CsvFuzzTests(ITestOutputHelper output)
{
    private const int Mutations = 20_800;

    private static readonly string[] Tokens =
    [
        "", ",", ";", "\t", "|", "\"", "\"\"", "\n", "\r", "\r\n", ".", "-", "+", "0", "1", "9", "e", "E5", "1e308", "1e999", "-999", "?", "N/A", "NaN", "TRUE", " ", "\u00a0", "#", "ö", "€",
        "𝄞", "\0", "1,234", "1.234", "1.234,5", "rain", "snow", "2020-01-01", "9999-12-31", "02:30", "+14:00", "Z", "1577836800", "\ufeff", "\u200b",
    ];

    // Of the record as a whole, or of the file, there is no column to name.
    private static readonly string[] OfNoColumn =
    [
        "the row has ", "quote", "occurs twice", "is longer than", "have zero characters", "column names hold zero", "begins with the mark",
    ];

    private static readonly string[] OfNoLine =
    [
        "a series needs at least two rows", "the file is empty", "what is compressed in it is damaged", "is a zip", "CsvOptions: ", "no row has ",
    ];

    [Fact]
    public void Every_mutation_is_read_or_refused_with_line_and_column()
    {
        using var folder = new TemporaryFolder();
        // In memory where the system has such a folder: thousands of files take a disk longer than reading them.
        var memory = Directory.Exists("/dev/shm") ? Directory.CreateDirectory($"/dev/shm/lstmdsl-{Environment.ProcessId}") : null;
        try
        {
            ReadMutations(Path.Combine(memory?.FullName ?? folder.Path, "mutated.csv"));
        }
        finally
        {
            memory?.Delete(recursive: true);
        }
    }

    private void ReadMutations(string path)
    {
        var forms = CsvForms.ByName.Values.ToArray();
        var (read, refused) = (0, 0);
        for (var index = 0; index < Mutations; index++)
        {
            var random = new Random(index);
            var form = forms[index % forms.Length];
            File.WriteAllBytes(path, Mutated(form.Content, random));
            try
            {
                var series = form.Read(path);
                Assert.True(series.Count >= 2);
                read++;
            }
            catch (Exception problem) when (problem is InvalidDataException or ArgumentException { ParamName: "values" or "time" or "options" or "where" })
            {
                refused++;
                Assert.True(IsPlaced(problem.Message), $"Mutation {index} is refused without its place: {problem.Message}");
            }
            catch (Exception problem)
            {
                Assert.Fail($"Mutation {index} is refused with {problem}");
            }
        }

        output.WriteLine($"{Mutations} mutations: {read} read, {refused} refused.");
        Assert.InRange(read, Mutations / 10, Mutations);
        Assert.InRange(refused, Mutations / 10, Mutations);
    }

    private static bool IsPlaced(string message) =>
        OfNoLine.Any(text => message.Contains(text, StringComparison.Ordinal))
        || (Line().IsMatch(message) && (Column().IsMatch(message) || OfNoColumn.Any(text => message.Contains(text, StringComparison.Ordinal))));

    private static byte[] Mutated(byte[] original, Random random)
    {
        List<byte> bytes = [.. original];
        for (var count = random.Next(8) == 0 ? 2 : 1; count > 0; count--)
        {
            var at = random.Next(bytes.Count);
            var length = random.Next(Math.Min(8, bytes.Count - at));
            switch (random.Next(8))
            {
                case 0:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Tokens[random.Next(Tokens.Length)]));
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Tokens[random.Next(Tokens.Length)]));
                    break;
                case 2:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 3:
                    bytes.RemoveRange(at, length);
                    break;
                case 4:
                    bytes.InsertRange(at, bytes.GetRange(random.Next(bytes.Count - length), length));
                    break;
                case 5 or 6 when char.IsAsciiDigit((char)bytes[at]):
                    bytes[at] = (byte)('0' + random.Next(10));
                    break;
                default:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
            }

            if (bytes.Count == 0)
                bytes.Add((byte)'x');
        }

        return [.. bytes];
    }

    [GeneratedRegex(@"line \d+")]
    private static partial Regex Line();

    [GeneratedRegex(@"column \d+|column '|columns are|columns \d+")]
    private static partial Regex Column();
}
