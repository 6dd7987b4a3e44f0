using DiffSeg.MLNet.Tests.Data;
using DiffSeg.Onnx;
using Microsoft.ML;

namespace DiffSeg.MLNet.Tests.Workout;

/// <summary>Every estimator that we ship, in the forms that differ in what they read or add.</summary>
internal static class Subjects
{
    public const string MaskOfResolutions = "mask of two resolutions";
    public const string MaskOfUnknownSize = "mask of a vector of unknown size";
    public const string MaskOfPaddedPicture = "mask of a padded picture, original size";
    public const string Painting = "painted mask";
    public const string ChainOfPaths = "ready-made chain over paths";
    public const string ChainOfPictures = "ready-made chain over pictures, cropped";
    public const string Scoring = "attention of pixels";
    public const string AheadChainOfPaths = "ready-made chain over paths, two rows ahead";
    public const string ChainWithStatus = "ready-made chain over paths, with a status";
    public const string MaskWithStatus = "mask of two resolutions, with a status";
    public const string LoadedPictures = "pictures loaded";
    public const string OnnxChainOfPictures = "ready-made chain over pictures, with ApplyOnnxModel";

    public static IReadOnlyList<string> Names { get; } =
        [MaskOfResolutions, MaskOfUnknownSize, MaskOfPaddedPicture, Painting, ChainOfPaths, ChainOfPictures, Scoring, AheadChainOfPaths, OnnxChainOfPictures, ChainWithStatus, MaskWithStatus, LoadedPictures];

    /// <param name="name">One of the names.</param>
    /// <param name="paths">Paths of pictures, separated by '|'.</param>
    public static Subject Of(string name, string paths) => name switch
    {
        MaskOfResolutions => new(
            TestData.Attention,
            ml => ml.Transforms.DiffSegMask("Mask", ["Fine", "Coarse"], options: new()
            {
                AnchorsPerSide = 8,
                KlThreshold = 0.9f,
                Size = new MaskSize(40, 56),
                Columns = MaskColumns.All,
            }),
            ["Mask", "MaskHeight", "MaskWidth", "MaskSegmentCount", "MaskProposalCount"],
            [new("Coarse", Missing: true), new("Coarse", Missing: false)],
            ["Fine", "Coarse"]),
        MaskOfUnknownSize => new(
            TestData.Attention,
            ml => ml.Transforms.DiffSegMask("Mask", ["Loose"], options: new() { AnchorsPerSide = 8, Regions = true, Columns = MaskColumns.None }),
            ["Mask"],
            [new("Loose", Missing: true), new("Loose", Missing: false)],
            ["Loose"]),
        MaskOfPaddedPicture => new(
            TestData.Attention,
            ml => ml.Transforms.DiffSegMask("Mask", ["Coarse", "Fine"], "Picture", new()
            {
                AnchorsPerSide = 8,
                Size = MaskSize.Original,
                MinRegionShare = 0.01,
                ModelImageHeight = 128,
                ModelImageWidth = 128,
            }),
            ["Mask", "MaskHeight", "MaskWidth"],
            [new("Picture", Missing: true), new("Picture", Missing: false), new("Fine", Missing: false)],
            ["Fine", "Coarse", "Picture"]),
        Painting => new(
            TestData.Pictures,
            ml => ml.Transforms.PaintMask("Overlay", "Picture", "Labels", new() { Opacity = 0.3f, OutlineWidth = 2 }),
            ["Overlay"],
            [new("Picture", Missing: true), new("Labels", Missing: true), new("Labels", Missing: false)],
            ["Picture", "Labels"]),
        ChainOfPaths => new(
            paths,
            ml => ml.Transforms.DiffSeg("Mask", "ImagePath", AttentionModel.Demo, new()
            {
                AnchorsPerSide = 4,
                Columns = MaskColumns.SegmentCount,
            }),
            ["Mask", "MaskSegmentCount"],
            [new("ImagePath", Missing: true), new("ImagePath", Missing: false)],
            ["ImagePath"]),
        ChainOfPictures => new(
            TestData.Pictures,
            ml => ml.Transforms.DiffSeg("Mask", "Picture", AttentionModel.Demo, new()
            {
                AnchorsPerSide = 4,
                Fit = ImageFit.Crop,
                Size = MaskSize.Original,
            }),
            ["Mask", "MaskHeight", "MaskWidth"],
            [new("Picture", Missing: true), new("Picture", Missing: false)],
            ["Picture"]),
        Scoring => new(
            TestData.Pixels,
            ml => ml.Transforms.ApplyAttentionModel(AttentionModel.Demo),
            [.. AttentionModel.Demo.OutputNames],
            [new(AttentionModel.Demo.InputName, Missing: true), new(AttentionModel.Demo.InputName, Missing: false)],
            [AttentionModel.Demo.InputName]),
        AheadChainOfPaths => Of(ChainOfPaths, paths) with
        {
            Make = ml => ml.Transforms.DiffSeg("Mask", "ImagePath", AttentionModel.Demo, new()
            {
                AnchorsPerSide = 4,
                Columns = MaskColumns.SegmentCount,
            }, scoring: new() { LookAhead = 2 }),
        },
        ChainWithStatus => new(
            $"{paths}|gone.jpg|",
            ml => ml.Transforms.DiffSeg("Mask", "ImagePath", AttentionModel.Demo, new()
            {
                AnchorsPerSide = 4,
                Columns = MaskColumns.Status,
            }, scoring: new() { LookAhead = 2 }),
            ["Mask", "MaskHeight", "MaskWidth", "MaskStatus"],
            [new("ImagePath", Missing: true), new("ImagePath", Missing: false)],
            ["ImagePath"]),
        MaskWithStatus => Of(MaskOfResolutions, paths) with
        {
            Make = ml => ml.Transforms.DiffSegMask("Mask", ["Fine", "Coarse"], options: new()
            {
                AnchorsPerSide = 8,
                Size = new MaskSize(40, 56),
                Columns = MaskColumns.All | MaskColumns.Status,
            }),
            Added = ["Mask", "MaskHeight", "MaskWidth", "MaskSegmentCount", "MaskProposalCount", "MaskStatus"],
        },
        LoadedPictures => new(
            $"{paths}|gone.jpg|",
            ml => ml.Transforms.LoadPictures("Photo", "ImagePath"),
            ["Photo", "PhotoStatus"],
            [new("ImagePath", Missing: true), new("ImagePath", Missing: false)],
            ["ImagePath"]),
        OnnxChainOfPictures => Of(ChainOfPictures, paths) with
        {
            Make = ml => ml.Transforms.DiffSeg("Mask", "Picture", AttentionModel.Demo, new()
            {
                AnchorsPerSide = 4,
                Fit = ImageFit.Crop,
                Size = MaskSize.Original,
            }, useApplyOnnxModel: true),
        },
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };
}
