namespace DiffSeg.Evaluation;

public sealed partial class ClassTable
{
    private const int Void = byte.MaxValue;
    private const int FirstFigure = 128;

    // What Cityscapes evaluates as a whole (labels 7 to 33 of its definition, in its order).
    private const int FirstCityscapesLabel = 7;

    // Coarse class of each fine class of COCO-Stuff (its number - 1, which is the label map's value): 91 of things, 91 of
    // stuff. The grouping of PiCIE (Cho et al., CVPR 2021), which the published evaluations use.
    private static ReadOnlySpan<byte> CocoStuffGroups =>
    [
        9, 11, 11, 11, 11, 11, 11, 11, 11, 8, 8, 8, 8, 8, 8, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 6,
        6, 6, 6, 6, 6, 6, 6, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 5, 5, 5, 5, 5, 5, 5, 5, 2,
        2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 0, 0, 0, 0, 0, 0, 1,
        1, 1, 1, 1, 1, 4, 4, 4, 4, 4, 4, 4, 4, 17, 17, 22, 20, 20, 22, 15, 25, 16, 13, 12, 12, 17,
        17, 23, 15, 15, 17, 15, 21, 15, 25, 13, 13, 13, 13, 13, 22, 26, 14, 14, 15, 22, 21, 21, 24, 20, 22, 15,
        17, 16, 15, 22, 24, 21, 17, 25, 16, 21, 17, 22, 16, 21, 21, 25, 21, 26, 21, 24, 20, 17, 14, 21, 26, 15,
        23, 20, 21, 24, 15, 24, 22, 25, 15, 20, 17, 17, 22, 14, 18, 18, 18, 18, 18, 18, 18, 26, 26, 19, 19, 24,
    ];

    /// <summary>
    /// COCO-Stuff's 182 fine classes in 27 coarse ones, for label maps whose value is the fine class - 1 (stuffthingmaps);
    /// 255, without a label, is ignored.
    /// </summary>
    public static ClassTable CocoStuff27 { get; } = new(
        "COCO-Stuff-27",
        [
            "electronic (things)", "appliance (things)", "food (things)", "furniture (things)", "indoor (things)",
            "kitchen (things)", "accessory (things)", "animal (things)", "outdoor (things)", "person (things)",
            "sports (things)", "vehicle (things)", "ceiling (stuff)", "floor (stuff)", "food (stuff)",
            "furniture (stuff)", "raw material (stuff)", "textile (stuff)", "wall (stuff)", "window (stuff)",
            "building (stuff)", "ground (stuff)", "plant (stuff)", "sky (stuff)", "solid (stuff)",
            "structural (stuff)", "water (stuff)",
        ],
        LabelCoding.Values,
        CocoStuffValues());

    /// <summary>
    /// Cityscapes' labels 7 to 33 as 27 classes, for label maps with label ids (<c>*_gtFine_labelIds.png</c>); the labels 0
    /// to 6 (ego vehicle, borders, unlabelled, static, dynamic, ground) and 255 are ignored.
    /// </summary>
    public static ClassTable Cityscapes27 { get; } = new(
        "Cityscapes-27",
        [
            "road", "sidewalk", "parking", "rail track", "building", "wall", "fence", "guard rail", "bridge", "tunnel",
            "pole", "polegroup", "traffic light", "traffic sign", "vegetation", "terrain", "sky", "person", "rider",
            "car", "truck", "bus", "caravan", "trailer", "train", "motorcycle", "bicycle",
        ],
        LabelCoding.Values,
        CityscapesValues(count: 27));

    /// <summary>
    /// Ground (0) and figure (1), for grey pictures of any depth: a pixel of at least half the full brightness (128 of
    /// 255) is figure. No pixel is ignored.
    /// </summary>
    public static ClassTable FigureGround { get; } = new(
        "figure/ground",
        ["ground", "figure"],
        LabelCoding.Brightness,
        Enumerable.Range(0, 256).ToDictionary(value => value, value => (ushort)(value >= FirstFigure ? 1 : 0)));

    private static Dictionary<int, ushort> CocoStuffValues()
    {
        var classOf = new Dictionary<int, ushort> { [Void] = LabelMap.Ignored };
        for (int fine = 0; fine < CocoStuffGroups.Length; fine++)
        {
            classOf[fine] = CocoStuffGroups[fine];
        }

        return classOf;
    }

    private static Dictionary<int, ushort> CityscapesValues(int count)
    {
        var classOf = new Dictionary<int, ushort> { [Void] = LabelMap.Ignored };
        for (int label = 0; label < FirstCityscapesLabel + count; label++)
        {
            classOf[label] = label < FirstCityscapesLabel ? LabelMap.Ignored : (ushort)(label - FirstCityscapesLabel);
        }

        return classOf;
    }
}
