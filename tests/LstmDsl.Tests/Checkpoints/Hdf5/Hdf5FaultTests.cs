using System.Diagnostics;
using System.Security.Cryptography;

namespace LstmDsl.Tests;

/// <summary>Damaged and hostile files: each is read, or refused with an exception that says where, soon and with little memory.</summary>
public sealed class Hdf5FaultTests
{
    private const int Mutations = 100;

    // What the reader may make of a file is 64 times its length and a megabyte; objects that hold values, and tables of names, come on top.
    private const long FreeBytes = 8 << 20;
    private const long LargestExpansion = 256;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static TheoryData<string> Files => [.. ParityIndex.Cases("hdf5").Select(element => $"hdf5/{ParityIndex.Name(element)}.h5"),
        "files/jena_lstm.weights.h5", "files/keras2_gru_adam.h5"];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_flipped_byte_is_refused_or_read(string path)
    {
        var original = Hdf5Fixture.Bytes(path);
        for (var seed = 0; seed < Mutations; seed++)
        {
            var (position, value) = Draw(path, seed);
            var bytes = (byte[])original.Clone();
            // Structures stand among data; half of the draws aim at the first kilobytes, where most of them are.
            var range = seed % 2 == 0 ? bytes.Length : Math.Min(bytes.Length, 3000);
            bytes[position % (uint)range] = value;
            Try(bytes, $"{path}, seed {seed}");
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Eight_bytes_of_ones_or_of_another_address_are_refused_or_read(string path)
    {
        var original = Hdf5Fixture.Bytes(path);
        for (var seed = 0; seed < Mutations; seed++)
        {
            var (position, value) = Draw(path, seed + Mutations);
            var bytes = (byte[])original.Clone();
            var start = (int)(position % (uint)Math.Min(bytes.Length, 8000)) & ~7;
            ulong number = (seed % 3) switch
            {
                0 => ulong.MaxValue,
                1 => 0x7FFF_FFFF_FFFF_FFFF,
                _ => value * 8UL,
            };
            BitConverter.GetBytes(number).AsSpan(0, Math.Min(8, bytes.Length - start)).CopyTo(bytes.AsSpan(start));
            Try(bytes, $"{path}, seed {seed}");
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_that_is_cut_short_is_refused_or_read(string path)
    {
        var original = Hdf5Fixture.Bytes(path);
        for (var seed = 0; seed < Mutations / 4; seed++)
            Try(original[..(int)(Draw(path, seed).Position % (uint)original.Length)], $"{path}, cut {seed}");
    }

    [Fact]
    public void What_is_no_such_file_is_refused_with_its_name()
    {
        var fault = Assert.Throws<InvalidDataException>(() => Hdf5File.Read("no such thing"u8.ToArray(), "x.h5"));
        Assert.Contains("'x.h5' is no HDF5 file that can be read: its signature is missing", fault.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => Hdf5File.Read([], "x.h5"));
    }

    private static (uint Position, byte Value) Draw(string path, int seed)
    {
        var hash = SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{path} {seed}"));
        return (BitConverter.ToUInt32(hash), hash[4]);
    }

    private static void Try(byte[] bytes, string what)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        try
        {
            Hdf5Fixture.ReadAll(Hdf5File.Read(bytes, "mutated.h5"));
        }
        catch (InvalidDataException exception)
        {
            Assert.Contains("mutated.h5", exception.Message, StringComparison.Ordinal);
        }
        catch (Exception exception)
        {
            Assert.Fail($"{what}: {exception}");
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(watch.Elapsed < Patience, $"{what}: {watch.Elapsed}");
        Assert.True(allocated < FreeBytes + (LargestExpansion * bytes.Length), $"{what}: {allocated} bytes allocated for {bytes.Length}");
    }
}
