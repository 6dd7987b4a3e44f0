using System.Globalization;
using DiffSeg.Evaluation;

namespace DiffSeg.DataSets;

public sealed partial class SegmentationDataSet
{
    private const string AllImages = "all";
    private const string Curated = "curated";
    private const string CuratedList = "coco-stuff-27-images.txt";

    /// <summary>COCO-Stuff's validation images with 27 classes, as PiCIE, STEGO and DiffSeg are measured.</summary>
    /// <remarks>
    /// <c>val2017/*.jpg</c> (or in <c>images/</c>), and the label maps in <c>stuffthingmaps/val2017</c>, in
    /// <c>stuffthingmaps</c>, in <c>annotations/val2017</c> or where the archive stuffthingmaps_trainval2017 unpacks to.
    /// </remarks>
    /// <param name="root">The folder that has these.</param>
    /// <param name="split">
    /// "curated" for the 2,175 images of the published evaluations, all of which must be there; "all" for every image that is.
    /// </param>
    /// <returns>The data set.</returns>
    /// <exception cref="DataSetException">A folder or a file is missing.</exception>
    /// <exception cref="ArgumentException">There is no such split, or the root is empty.</exception>
    public static SegmentationDataSet CocoStuff27(string root, string split = Curated)
    {
        CheckRootAndSplit(root, split, Curated, AllImages);
        Layout layout = new(
            "COCO-Stuff-27",
            root,
            "val2017/                  000000000139.jpg ...  (val2017.zip)",
            "stuffthingmaps/val2017/   000000000139.png ...  (stuffthingmaps_trainval2017.zip)");
        string images = layout.Folder("val2017", "images/val2017");
        string labels = layout.Folder(
            "stuffthingmaps/val2017", "stuffthingmaps", "stuffthingmaps_trainval2017/val2017", "annotations/val2017");
        return new SegmentationDataSet(
            $"COCO-Stuff-27 {split}",
            root,
            GroundTruthKind.Classes,
            ClassTable.CocoStuff27,
            SamplePairs.Match(
                layout,
                SamplePairs.Files(layout, images, [".jpg"]),
                SamplePairs.Files(layout, labels, [".png"]),
                ClassTable.CocoStuff27,
                split == Curated ? CuratedIds() : null));
    }

    /// <summary>Cityscapes with the 27 classes of the label ids 7 to 33.</summary>
    /// <remarks>
    /// <c>leftImg8bit/SPLIT/CITY/*_leftImg8bit.png</c> and <c>gtFine/SPLIT/CITY/*_gtFine_labelIds.png</c>.
    /// </remarks>
    /// <param name="root">The folder that has these.</param>
    /// <param name="split">"val", or "train"; the label maps of the test images are not public.</param>
    /// <returns>The data set.</returns>
    /// <exception cref="DataSetException">A folder or a file is missing.</exception>
    /// <exception cref="ArgumentException">There is no such split, or the root is empty.</exception>
    public static SegmentationDataSet Cityscapes27(string root, string split = "val")
    {
        CheckRootAndSplit(root, split, "val", "train");
        Layout layout = new(
            "Cityscapes-27",
            root,
            $"leftImg8bit/{split}/CITY/   CITY_000000_000019_leftImg8bit.png ...      (leftImg8bit_trainvaltest.zip)",
            $"gtFine/{split}/CITY/        CITY_000000_000019_gtFine_labelIds.png ...  (gtFine_trainvaltest.zip)");
        string images = layout.Folder($"leftImg8bit/{split}");
        string labels = layout.Folder($"gtFine/{split}");
        return new SegmentationDataSet(
            $"Cityscapes-27 {split}",
            root,
            GroundTruthKind.Classes,
            ClassTable.Cityscapes27,
            SamplePairs.Match(
                layout,
                SamplePairs.Files(layout, images, ["_leftImg8bit.png"], inFolders: true),
                SamplePairs.Files(layout, labels, ["_gtFine_labelIds.png"], inFolders: true),
                ClassTable.Cityscapes27));
    }

    /// <summary>BSDS500: natural images, each segmented by several people.</summary>
    /// <remarks>
    /// <c>images/SPLIT/*.jpg</c> and <c>groundTruth/SPLIT/*.mat</c>, also below <c>BSR/BSDS500/data</c>, as the archive
    /// unpacks.
    /// </remarks>
    /// <param name="root">The folder that has these.</param>
    /// <param name="split">"test", "val" or "train".</param>
    /// <returns>The data set.</returns>
    /// <exception cref="DataSetException">A folder or a file is missing.</exception>
    /// <exception cref="LabelMapException">A ground truth is damaged at its beginning.</exception>
    /// <exception cref="ArgumentException">There is no such split, or the root is empty.</exception>
    public static SegmentationDataSet Bsds500(string root, string split = "test")
    {
        CheckRootAndSplit(root, split, "test", "val", "train");
        Layout layout = new(
            "BSDS500",
            root,
            $"images/{split}/        100007.jpg ...  (BSR_bsds500.tgz, in BSR/BSDS500/data)",
            $"groundTruth/{split}/   100007.mat ...");
        string images = layout.Folder([.. BerkeleyPlaces($"images/{split}")]);
        string labels = layout.Folder([.. BerkeleyPlaces($"groundTruth/{split}")]);
        return new SegmentationDataSet(
            $"BSDS500 {split}",
            root,
            GroundTruthKind.Segments,
            classes: null,
            SamplePairs.Match(
                layout,
                SamplePairs.Files(layout, images, [".jpg"]),
                SamplePairs.Files(layout, labels, [".mat"]),
                classes: null));
    }

    /// <summary>ECSSD, or another set of figures before a ground: photos with a grey mask each.</summary>
    /// <remarks><c>images/*.jpg</c> and <c>ground_truth_mask/*.png</c>, where at least 128 is figure.</remarks>
    /// <param name="root">The folder that has these.</param>
    /// <returns>The data set.</returns>
    /// <exception cref="DataSetException">A folder or a file is missing.</exception>
    /// <exception cref="ArgumentException">The root is empty.</exception>
    public static SegmentationDataSet Ecssd(string root)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        Layout layout = new(
            "ECSSD",
            root,
            "images/              0001.jpg ...  (images.zip)",
            "ground_truth_mask/   0001.png ...  (ground_truth_mask.zip)");
        string images = layout.Folder("images");
        string labels = layout.Folder("ground_truth_mask");
        return new SegmentationDataSet(
            "ECSSD",
            root,
            GroundTruthKind.FigureGround,
            ClassTable.FigureGround,
            SamplePairs.Match(
                layout,
                SamplePairs.Files(layout, images, [".jpg"]),
                SamplePairs.Files(layout, labels, [".png"]),
                ClassTable.FigureGround));
    }

    private static string[] BerkeleyPlaces(string place)
        => [place, "BSR/BSDS500/data/" + place, "BSDS500/data/" + place, "data/" + place];

    private static void CheckRootAndSplit(string root, string split, params string[] splits)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        ArgumentNullException.ThrowIfNull(split);
        if (!splits.Contains(split))
        {
            throw new ArgumentException($"There is no split '{split}'; choose one of {string.Join(", ", splits)}.", nameof(split));
        }
    }

    /// <summary>The images of "curated", in the order of their ids.</summary>
    internal static string[] CuratedIds()
    {
        using Stream list = typeof(SegmentationDataSet).Assembly.GetManifestResourceStream(CuratedList)!;
        using var reader = new StreamReader(list);
        string[] numbers = reader.ReadToEnd().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return Array.ConvertAll(numbers, number => int.Parse(number, CultureInfo.InvariantCulture).ToString("D12", CultureInfo.InvariantCulture));
    }
}
