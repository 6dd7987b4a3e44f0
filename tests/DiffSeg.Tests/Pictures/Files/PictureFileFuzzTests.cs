using DiffSeg.Pictures;

namespace DiffSeg.Tests.Pictures.Files;

/// <summary>Files that somebody wrote to do harm: a look at one comes to its end, and throws nothing.</summary>
public class PictureFileFuzzTests
{
    private const int MutationsOfEach = 1500;

    [Theory]
    [MemberData(nameof(PictureFileTests.Samples), MemberType = typeof(PictureFileTests))]
    public void Mutated_picture_has_a_problem_or_a_size_within_the_limits(string name)
    {
        byte[] whole = SamplePictures.All[name];
        var random = new Random(name.Length * 1000 + whole.Length);
        var limits = new PictureLimits { MaxPixels = 100_000 };
        for (int i = 0; i < MutationsOfEach; i++)
        {
            byte[] mutated = Mutated(whole, random);
            if (PictureFile.Problem(new MemoryStream(mutated), limits) is { } problem)
            {
                Assert.True(Enum.IsDefined(problem.Fault));
                Assert.False(problem.Text.Contains('\n') || problem.Text.Length is 0 or > 200, problem.Text);
            }
        }
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xD8 }, 0xFF)] // a JPEG's filling before a marker
    [InlineData(new byte[] { 0xFF, 0xD8 }, 0)]
    [InlineData(new byte[] { (byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'9', (byte)'a', 1, 0, 1, 0, 0, 0, 0, 0x21, 1 }, 1)] // blocks of one byte
    [InlineData(new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A }, (byte)'A')]
    public void Long_file_of_the_same_byte_is_gone_through(byte[] head, byte filling)
    {
        byte[] file = new byte[8 << 20];
        file.AsSpan().Fill(filling);
        head.CopyTo(file.AsSpan());

        Assert.Equal(PictureFault.CutOff, PictureFile.Problem(new MemoryStream(file))?.Fault);
    }

    private static byte[] Mutated(byte[] whole, Random random)
    {
        byte[] mutated = random.Next(4) switch
        {
            0 => whole[..random.Next(whole.Length)],
            1 => [.. whole, .. whole[random.Next(whole.Length)..]],
            2 => [.. whole[..random.Next(whole.Length)], .. whole[random.Next(whole.Length)..]],
            _ => [.. whole],
        };
        for (int changes = random.Next(6); changes > 0 && mutated.Length > 0; changes--)
        {
            // The first bytes, where the sizes are, as often as all others.
            int at = random.Next(random.Next(2) == 0 ? Math.Min(40, mutated.Length) : mutated.Length);
            mutated[at] = random.Next(3) switch { 0 => 0xFF, 1 => 0, _ => (byte)random.Next(256) };
        }

        return mutated;
    }
}
