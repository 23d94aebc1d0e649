using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Xunit.Abstractions;

namespace LstmDsl.Tests;

/// <summary>
/// Files that were changed at random: each is read or refused with an exception that says what is wrong, within bounds of time and memory.
/// </summary>
public sealed class HostileFileTests(ITestOutputHelper output)
{
    /// <summary>Mutations of each format; more by hand: <c>LSTMDSL_MUTATIONS=20000 dotnet test --filter HostileFileTests</c>.</summary>
    private static readonly int Mutations = LongLane.Cases("LSTMDSL_MUTATIONS", usually: 300, inLongLane: 5000);

    /// <summary>Reading takes milliseconds; a machine with other work may make a second of them, an endless loop makes more.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>
    /// What reading may allocate: what the documentation promises of a file (64 times its length), and as much again for what is made of it
    /// (numbers as texts, exceptions), and the model.
    /// </summary>
    private static long MostBytes(long length) => (128 * length) + (16 << 20);

    [Fact]
    [Trait("Category", "Slow")]
    public void Safetensors()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("mutated.safetensors");
        var whole = Checkpoint(folder, ".safetensors");
        // Without checksums, which nearly every change offends, what lies behind them is read as well.
        var withoutChecksums = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(whole).Replace("lstmdsl_crc32c", "lstmdsl_others", StringComparison.Ordinal));
        byte[][] files = [whole, withoutChecksums, File.ReadAllBytes(Path.Combine(ParityIndex.Folder, "files", "torch_gru.torch.safetensors"))];
        Mutate("safetensors", random =>
        {
            var original = files[random.Next(files.Length)];
            // The header is where the claims are: half of the changes go there.
            var header = 8 + (int)BitConverter.ToUInt64(original);
            return random.Next(2) == 0
                ? Mutation.Bytes(original, random)
                : [.. Mutation.Bytes(original[..header], random), .. original[header..]];
        }, bytes => Written(path, bytes, ReadCheckpoint));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void Zip()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("mutated.keras");
        byte[][] files = [Checkpoint(folder, ".keras"), File.ReadAllBytes(Path.Combine(ParityIndex.Folder, "files", "gru_stack.keras"))];
        Mutate(
            "zip",
            random => Mutation.Bytes(files[random.Next(files.Length)], random),
            bytes => Written(path, bytes, ReadCheckpoint));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void Hdf5()
    {
        var files = Directory.GetFiles(Path.Combine(ParityIndex.Folder, "hdf5"), "*.h5")
            .Concat(Directory.GetFiles(Path.Combine(ParityIndex.Folder, "files"), "*.h5"))
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllBytes)
            .ToArray();
        Mutate("HDF5", random => Mutation.Bytes(files[random.Next(files.Length)], random), bytes => ReadAll(Hdf5File.Read(bytes, "mutated").Root));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void Json()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("mutated.keras");
        using var archive = new ZipArchive(new MemoryStream(Checkpoint(folder, ".keras")));
        var members = archive.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var content = new MemoryStream();
            using var stream = entry.Open();
            stream.CopyTo(content);
            return content.ToArray();
        });
        string[] names = ["config.json", "lstmdsl.json"];
        Mutate("JSON", random =>
        {
            var name = names[random.Next(names.Length)];
            var mutated = Encoding.UTF8.GetBytes(Mutation.Text(Encoding.UTF8.GetString(members[name]), random));
            using var zip = new MemoryStream();
            KerasArchive.Write(zip, members.Select(member => (member.Key, member.Key == name ? mutated : member.Value)));
            return zip.ToArray();
        }, bytes => Written(path, bytes, ReadCheckpoint));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void Csv()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("mutated.csv");
        var lines = string.Join('\n', File.ReadLines(Path.Combine(AppContext.BaseDirectory, "data", "seattle-weather.csv")).Take(120));
        Mutate(
            "CSV",
            random => random.Next(4) == 0
                ? Mutation.Bytes(Encoding.UTF8.GetBytes(lines), random)
                : Encoding.UTF8.GetBytes(Mutation.Text(lines, random)),
            bytes => Written(path, bytes, file => TimeSeries.ReadCsv(file, time: "date", values: ["temp_max", "wind"])));
    }

    private void Mutate(string format, Func<Random, byte[]> mutate, Action<byte[]> read)
    {
        var (refused, longest, mostBytes) = (0, TimeSpan.Zero, 0L);
        for (var index = 0; index < Mutations; index++)
        {
            var bytes = mutate(new Random(index));
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var begun = Stopwatch.GetTimestamp();
            try
            {
                read(bytes);
            }
            catch (Exception problem) when (problem is InvalidDataException or FormatException or ArgumentException { ParamName: "values" or "time" })
            {
                // The last is a column that was asked for and is not there.
                refused++;
                Assert.Contains("mutated", problem.Message, StringComparison.Ordinal);
            }
            catch (Exception problem)
            {
                Assert.Fail($"Mutation {index} of {format} was refused with {problem.GetType()}: {problem}");
            }

            var (time, size) = (Stopwatch.GetElapsedTime(begun), GC.GetAllocatedBytesForCurrentThread() - allocated);
            Assert.True(time < Longest, $"Reading mutation {index} of {format} took {time}.");
            Assert.True(size < MostBytes(bytes.Length), $"Reading mutation {index} of {format}, {bytes.Length} bytes, allocated {size}.");
            longest = time > longest ? time : longest;
            mostBytes = Math.Max(mostBytes, size);
        }

        output.WriteLine(FormattableString.Invariant(
            $"{format}: {Mutations} mutations, {refused} refused, the others read; at most {longest.TotalMilliseconds:F0} ms and {mostBytes / 1024} KB."));
        Assert.InRange(refused, Mutations / 10, Mutations);
    }

    private static void Written(string path, byte[] bytes, Action<string> read)
    {
        File.WriteAllBytes(path, bytes);
        read(path);
    }

    private static void ReadCheckpoint(string path)
    {
        var trainer = new Wandering.Trainer(new Wandering(seed: 3)) { Optimizer = new Adam(0.01), Loss = Loss.MeanSquaredError };
        trainer.Load(path);
        trainer.Resume(path);
    }

    private static void ReadAll(Hdf5Group group)
    {
        foreach (var attribute in group.Attributes.Values)
            attribute.Read();
        foreach (var dataset in group.Datasets.Values)
        {
            dataset.Read();
            foreach (var attribute in dataset.Attributes.Values)
                attribute.Read();
        }

        foreach (var child in group.Groups.Values)
            ReadAll(child);
    }

    /// <summary>A checkpoint with everything in it: written while a callback keeps the best weights.</summary>
    private static byte[] Checkpoint(TemporaryFolder folder, string extension)
    {
        var path = folder.File("whole" + extension);
        var (x, y) = RandomSamples.For(Wandering.Shape, samples: 20);
        var trainer = new Wandering.Trainer(new Wandering(seed: 3))
        {
            Optimizer = new Adam(0.01),
            Loss = Loss.MeanSquaredError,
            Callbacks = { new EarlyStopping(Monitored.Loss, restoreBestWeights: true), new ModelCheckpoint(path) },
        };
        trainer.Fit(x, y, epochs: 2, verbose: 0);
        return File.ReadAllBytes(path);
    }
}
