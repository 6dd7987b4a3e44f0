namespace DiffSeg.Cli.Evaluating.Asking;

/// <summary>The data sets that "diffseg eval" knows.</summary>
internal enum DataSetName
{
    /// <summary>COCO-Stuff in 27 classes.</summary>
    CocoStuff27,

    /// <summary>Cityscapes in 27 classes.</summary>
    Cityscapes27,

    /// <summary>The Berkeley Segmentation Data Set.</summary>
    Bsds500,

    /// <summary>Figure and ground, in ECSSD's layout.</summary>
    Ecssd,

    /// <summary>A folder of images and label pictures with a class file.</summary>
    Folder,
}
