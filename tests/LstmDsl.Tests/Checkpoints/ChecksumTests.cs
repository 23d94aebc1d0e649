using System.Text;

namespace LstmDsl.Tests;

public sealed class ChecksumTests
{
    /// <summary>The check values of both in the catalogue of CRCs (https://reveng.sourceforge.io/crc-catalogue/17plus.htm).</summary>
    [Fact]
    public void Checksums_are_those_of_the_catalogue()
    {
        var digits = Encoding.ASCII.GetBytes("123456789");
        Assert.Equal(0xCBF43926u, Checksum.Crc32(digits));
        Assert.Equal(0xE3069283u, Checksum.Crc32C(digits));
        Assert.Equal(0u, Checksum.Crc32([]));
    }

    [Fact]
    public void A_checksum_is_the_same_however_its_bytes_are_cut()
    {
        var bytes = new byte[103];
        new Random(1).NextBytes(bytes);
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            Assert.Equal(Checksum.Crc32(bytes), Checksum.Crc32(bytes.AsSpan(cut), Checksum.Crc32(bytes.AsSpan(0, cut))));
            Assert.Equal(Checksum.Crc32C(bytes), Checksum.Crc32C(bytes.AsSpan(cut), Checksum.Crc32C(bytes.AsSpan(0, cut))));
        }
    }
}
