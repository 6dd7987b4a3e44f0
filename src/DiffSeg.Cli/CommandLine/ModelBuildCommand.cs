using System.CommandLine;
using DiffSeg.Cli.Building;
using DiffSeg.Cli.Pulling;
using DiffSeg.Onnx;

namespace DiffSeg.Cli.CommandLine;

/// <summary>The command "model build".</summary>
internal sealed class ModelBuildCommand
{
    private readonly Argument<string> _folder = new("folder")
    {
        Description = "A Stable Diffusion export: the folder with unet/, vae_encoder/ and text_encoder/, each with its model.onnx.",
    };

    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "The attention model to write; large weights go into one data file beside it.",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<ImageSize?> _size = new("--size")
    {
        Description = "Size of the model's input in pixels, multiples of 64. [default: 512]",
        HelpName = "N|WxH",
        CustomParser = ImageSizeText.Read,
    };

    private readonly Option<AttentionForm?> _form = new("--form")
    {
        Description = "How far the graph averages: aggregated (one tensor), resolutions, layers, or raw (all heads); merged also merges once, for GPUs. [default: aggregated]",
        HelpName = "aggregated|merged|resolutions|layers|raw",
        CustomParser = Values.Word<AttentionForm?>(
            ("aggregated", AttentionForm.Aggregated), ("merged", AttentionForm.Merged), ("resolutions", AttentionForm.Resolutions), ("layers", AttentionForm.Layers), ("raw", AttentionForm.Raw)),
    };

    private readonly Option<int?> _anchors = new("--anchors")
    {
        Description = "Anchor points per side that a merged model merges from. [default: 16]",
        HelpName = "N",
        CustomParser = Values.OptionalWhole(2, 256, "a whole number from 2 to the side of the model's attention (64 for most)"),
    };

    private readonly Option<int> _batch = new("--batch")
    {
        Description = "Pictures that the model takes in one run, which fills a GPU better; free: any number in each run. [default: 1]",
        HelpName = "N|free",
        CustomParser = BatchText.Read,
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<int> _timeStep = new("--timestep")
    {
        Description = "Diffusion time step that the U-Net is told.",
        HelpName = "N",
        CustomParser = Values.Whole(0, 999, "a whole number from 0 to 999"),
        DefaultValueFactory = _ => 300,
    };

    private readonly Option<string?> _embedding = new("--prompt-embedding")
    {
        Description = "A .npy or .npz file with the embedding of the prompt. [default: the empty prompt, by the export's text encoder]",
        HelpName = "FILE",
    };

    private readonly Option<string?> _vae = new("--vae")
    {
        Description = "The VAE encoder, when it is not in the export.",
        HelpName = "DIR|FILE",
    };

    private readonly Option<string?> _textEncoder = new("--text-encoder")
    {
        Description = "The text encoder, when it is not in the export.",
        HelpName = "DIR|FILE",
    };

    private readonly Option<WeightStorage?> _weights = WeightsOption.Create();

    private readonly Option<float?> _klThreshold = new("--kl-threshold")
    {
        Description = "KL threshold that the model shall recommend, and a merged one merge with. [default: 1.1]",
        HelpName = "NUMBER",
        CustomParser = Values.Positive("a number above 0, usually 0.7 to 1.4"),
    };

    /// <summary>Makes the command.</summary>
    /// <param name="build">Carries it out and returns the exit code.</param>
    public ModelBuildCommand(Func<BuildRequest, CancellationToken, Task<int>> build)
    {
        Command.Arguments.Add(_folder);
        foreach (Option option in new Option[] { _output, _size, _form, _anchors, _batch, _timeStep, _embedding, _vae, _textEncoder, _weights, _klThreshold })
        {
            Command.Options.Add(option);
        }

        Command.Validators.Add(result =>
        {
            // By the word, not by its meaning, which cannot be asked for where another option's value is wrong.
            string? form = result.GetResult(_form)?.Tokens.FirstOrDefault()?.Value;
            if (result.GetResult(_anchors) is not null && !string.Equals(form, "merged", StringComparison.OrdinalIgnoreCase))
            {
                result.AddError("--anchors is for --form merged; of other models it is an option of diffseg segment.");
            }

            if (string.Equals(form, "merged", StringComparison.OrdinalIgnoreCase) && result.GetResult(_batch)?.Tokens is [{ Value: not "1" }])
            {
                result.AddError("--batch is not for --form merged, which takes one picture in a run; give another form or leave --batch out.");
            }
        });
        Command.SetAction((result, cancellation) => build(Read(result), cancellation));
    }

    /// <summary>What stands at the end of its help.</summary>
    public static string Lesson => """
        Examples:
          diffseg model build stable-diffusion-v1-5-onnx -o sd15.onnx
          diffseg model build export -o sd15-int8.onnx --weights int8     a quarter of the disk
          diffseg model build export -o wide.onnx --size 768x512          for wide pictures
          diffseg segment photos --model sd15.onnx                        then use it
          diffseg model build export -o merged.onnx --form merged         a GPU hands over 4 MB instead of 64
          diffseg segment photos --model merged.onnx --fit crop --gpu 0   which cannot pad pictures
          diffseg model build export -o batch.onnx --batch 4              four pictures in a run, for GPUs

        The model holds only what self-attention needs: the VAE encoder and the U-Net up to its last self-attention,
        with time step and prompt built in. The file appears whole or not at all.

        Exit codes:
          0  built      2  not built, the line says why      130  stopped by Ctrl+C
        """;

    /// <summary>The command.</summary>
    public Command Command { get; } = new("build", "Build an attention model from an ONNX export of Stable Diffusion.");

    private BuildRequest Read(ParseResult result)
    {
        ImageSize size = result.GetValue(_size) ?? new ImageSize(512, 512);
        return new BuildRequest(result.GetValue(_folder)!, result.GetValue(_output)!, new AttentionModelOptions
        {
            ImageHeight = size.Height,
            ImageWidth = size.Width,
            Form = result.GetValue(_form) ?? AttentionForm.Aggregated,
            FirstMerge = new FirstMerge { AnchorsPerSide = result.GetValue(_anchors) ?? new FirstMerge().AnchorsPerSide },
            BatchSize = BatchText.SizeOf(result.GetValue(_batch)),
            TimeStep = result.GetValue(_timeStep),
            Weights = result.GetValue(_weights),
            PromptEmbedding = result.GetValue(_embedding),
            VaeEncoder = result.GetValue(_vae),
            TextEncoder = result.GetValue(_textEncoder),
            KlThreshold = result.GetValue(_klThreshold),
        });
    }
}
