using System.Numerics.Tensors;
using DiffSeg.Cli.Benchmarking;
using DiffSeg.Cli.Benchmarking.Inputs;
using DiffSeg.Cli.CommandLine;
using DiffSeg.Cli.Models;
using DiffSeg.Cli.Tests.Support;

namespace DiffSeg.Cli.Tests.Benchmarking;

public sealed class BenchInputsTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_pictures_there_is_the_formula_alone()
    {
        AttentionInput input = Assert.Single(Inputs(["sd15"]).All());

        Assert.Equal(("formula 16x16", false), (input.Name, input.IsPicture));
        Assert.Equal([16, 8, 4, 2], input.Shapes.Select(shape => shape.Height));
        CheckRows(input);
    }

    [Fact]
    public void Pictures_go_through_the_model_and_fill_its_square()
    {
        TestPicture.SaveFields(_folder["photos/cat.png"], 90, 40);
        TestPicture.SaveFields(_folder["photos/dog.png"], 40, 60);

        AttentionInput[] inputs = [.. Inputs([], "photos").All()];

        Assert.Equal(["formula 16x16", "demo: cat", "demo: dog"], inputs.Select(input => input.Name));
        Assert.All(inputs[1..], input =>
        {
            Assert.True(input.IsPicture);
            Assert.Equal([64, 32, 16, 8], input.Shapes.Select(shape => shape.Height));
            CheckRows(input);
        });

        // The middle of a picture of four fields, with no bars beside it: its corners attend to themselves, not to a bar.
        AttentionInput cat = inputs[1];
        ReadOnlySpan<float> corner = cat.Tensors[0].AsSpan(0, 4096);
        Assert.True(corner[0] > 2 * corner[63] && corner[0] > 2 * corner[64 * 63]);
    }

    private BenchInputs Inputs(string[] models, params string[] images)
    {
        var cache = new ModelCache(_folder["models"]);
        var request = new BenchRequest(images, models, Side: 16, Threads: [1], Rounds: 1, Json: null);
        return new BenchInputs(request, _folder.Path, new ModelSource(_folder.Path, ModelCatalogue.Default, cache), cache);
    }

    private static void CheckRows(AttentionInput input)
    {
        foreach ((AttentionShape shape, float[] values) in input.Shapes.Zip(input.Tensors))
        {
            Assert.Equal(shape.Length, values.Length);
            Assert.Equal(1, TensorPrimitives.Sum<float>(values.AsSpan(0, shape.Tokens)), 1e-3);
        }
    }
}
