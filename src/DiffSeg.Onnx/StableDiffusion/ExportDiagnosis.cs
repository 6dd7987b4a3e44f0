namespace DiffSeg.Onnx.StableDiffusion;

/// <summary>Why a folder is no ONNX export of Stable Diffusion, told by what lies in it: the advice differs.</summary>
internal static class ExportDiagnosis
{
    private const string Expected =
        "an ONNX export of Stable Diffusion: a folder with unet/model.onnx, vae_encoder/model.onnx and text_encoder/model.onnx"
        + " (and text_encoder_2/model.onnx for SDXL)";

    private const string ExportFirst =
        "These are weights of PyTorch: export them to ONNX first (optimum-cli export onnx --model FOLDER NEW_FOLDER, "
        + "of the Python package optimum-onnx), or fetch a ready export (diffseg model list).";

    private static readonly string[] OtherWeights = [".safetensors", ".bin", ".ckpt", ".pt", ".pth", ".msgpack"];

    /// <summary>The error for a path that is no folder.</summary>
    public static AttentionModelException NoFolder(string path)
    {
        if (!File.Exists(path))
        {
            return new(path, Expected, "no such folder", "Check the path.");
        }

        string folder = Path.GetDirectoryName(path)!;
        return new(path, Expected, "a file", ExportAround(folder) is { } export
            ? $"Give the folder of the whole export: '{export}'."
            : "Give the folder of the whole export, not one file of it.");
    }

    /// <summary>The error for a folder without unet/*.onnx.</summary>
    public static AttentionModelException NoUNet(string folder)
    {
        string unet = Path.Combine(folder, "unet");
        string found = !Directory.Exists(unet) ? FolderListing.Of(folder) : $"unet/ with {FolderListing.Of(unet)}";
        return new(folder, Expected, found, AdviceWithoutUNet(folder, unet));
    }

    /// <summary>The error for an export without vae_encoder/*.onnx.</summary>
    public static AttentionModelException NoVaeEncoder(string folder)
    {
        const string Expected = "vae_encoder/model.onnx, which turns the image into the latent that the U-Net sees";
        bool hasDecoder = Directory.Exists(Path.Combine(folder, "vae_decoder"));
        string place = Path.Combine(folder, "vae_encoder");
        string found = Directory.Exists(place) ? $"vae_encoder/ with {FolderListing.Of(place)}" : FolderListing.Of(folder);
        return new(
            folder, Expected, found,
            (hasDecoder ? "The vae_decoder is the other half of the VAE and will not do. " : "")
                + "Fetch vae_encoder from the same repository, or name the one of another export of the same family "
                + "(AttentionModelOptions.VaeEncoder).");
    }

    /// <summary>The error for an export without a text encoder that the U-Net needs, where no embedding is given.</summary>
    public static AttentionModelException NoTextEncoder(string folder, string role) => new(
        folder,
        $"{role}/model.onnx, to embed the empty prompt",
        FolderListing.Of(folder),
        $"Fetch {role} from the same repository, name the export of the same family that has it "
            + $"(AttentionModelOptions.TextEncoder), or {PromptEmbedding.HowToGiveFile}.");

    private static string AdviceWithoutUNet(string folder, string unet)
    {
        if (ExportAround(folder) is { } outer)
        {
            return $"This is one part of an export; give the whole: '{outer}'.";
        }

        if (ExportsInside(folder) is { Count: > 0 } inner)
        {
            return inner is [var only]
                ? $"There is an export in '{only}': give that folder."
                : $"There are exports in {string.Join(", ", inner.Select(f => $"'{f}'"))}: give one of these folders.";
        }

        if (Directory.Exists(Path.Combine(folder, "transformer")))
        {
            return "A diffusion transformer (Stable Diffusion 3, FLUX) has no U-Net: use Stable Diffusion 1.x, 2.x or XL.";
        }

        string[] extensions =
        [
            .. new[] { folder, unet }.Where(Directory.Exists).SelectMany(Directory.EnumerateFiles)
                .Select(f => Path.GetExtension(f).ToLowerInvariant()),
        ];
        if (extensions.Any(OtherWeights.Contains))
        {
            return ExportFirst;
        }

        if (extensions.Contains(".xml"))
        {
            return "This is a model for OpenVINO: fetch or make an export to ONNX instead (diffseg model list).";
        }

        return Directory.Exists(unet)
            ? "Fetch the missing .onnx file of unet/."
            : "Give the folder of a whole export, or fetch one (diffseg model list).";
    }

    private static string? ExportAround(string folder)
    {
        string? parent = Path.GetDirectoryName(folder);
        return IsExport(folder) ? folder : parent is not null && IsExport(parent) ? parent : null;
    }

    // A repository of variants (fp16/, onnx/), a cache of downloads (snapshots/<revision>/), a variant inside unet/.
    private static List<string> ExportsInside(string folder)
    {
        IEnumerable<string> children = Directory.EnumerateDirectories(folder);
        IEnumerable<string> grandchildren = children.SelectMany(Directory.EnumerateDirectories);
        return [.. children.Concat(grandchildren).Where(IsExport).Order(StringComparer.Ordinal)];
    }

    private static bool IsExport(string folder) => ModelPart.OnnxFiles(Path.Combine(folder, "unet")).Length > 0;
}
