using DiffSeg.Cli.Doctor;
using DiffSeg.Cli.Models;
using DiffSeg.Cli.Tests.Support;
using DiffSeg.Onnx;

namespace DiffSeg.Cli.Tests.Doctor;

public sealed class ModelsCheckTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Pulled_models_and_memory_are_told()
    {
        _folder.Write("sd15.onnx", File.ReadAllBytes(AttentionModel.Demo.Path));
        _folder.Write("sd14.onnx", "half a model"u8);

        Finding[] findings = Examine(new MachineMemory(16L << 30, 9L << 30));

        Assert.Equal(new Finding("memory", Health.Good, "16.00 GB, 9.00 GB of it free"), findings[0]);
        Assert.Equal(new Finding("models", Health.Good, $"kept in {_folder.Path}"), findings[1]);
        Assert.Equal(new Finding("models", Health.Note, "sam2-hiera-tiny: not pulled; needs about 1.57 GB of memory to run"), findings[2]);
        Assert.Equal(new Finding("models", Health.Good, "sd15: yes, 349 kB, 512 x 512, none; needs about 2.70 GB of memory to run"), findings[3]);
        Assert.Equal(new Finding("models", Health.Note, "sd14: damaged; 'diffseg model pull sd14' replaces it"), findings[4]);
    }

    [Fact]
    public void Too_little_memory_is_told_with_what_to_do() => Assert.Contains(
        new Finding("models", Health.Note, "sd15: not pulled; needs about 6.03 GB of memory to run, more than this machine has: take a smaller --size, or another model"),
        Examine(new MachineMemory(4L << 30, null)));

    [Theory]
    [InlineData("MemTotal: 5 kB|MemAvailable:   24 kB", 24 * 1024L)]
    [InlineData("MemTotal: 5 kB", null)]
    [InlineData("MemAvailable: much", null)]
    public void Free_memory_is_read(string lines, long? expected) => Assert.Equal(expected, MachineMemory.FreeIn(lines.Split('|')));

    [Fact]
    public void This_machine_has_memory() => Assert.InRange(MachineMemory.OfThisMachine().Total, 1 << 28, long.MaxValue);

    private Finding[] Examine(MachineMemory memory) => [.. new ModelsCheck(ModelCatalogue.Default, new ModelCache(_folder.Path), memory).Examine()];
}
