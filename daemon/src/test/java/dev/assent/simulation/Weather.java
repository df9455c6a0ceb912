package dev.assent.simulation;

/// How often what goes wrong, as a probability each.
///
/// @param fails a provider, Git or forge refuses before it has done anything
/// @param loses it has done it, and says that it failed
/// @param crash the daemon dies at a moment
/// @param meanwhile others go on while somebody works
/// @param disk the record can't be read
record Weather(double fails, double loses, double crash, double meanwhile, double disk) {

    static final Weather CALM = new Weather(0, 0, 0, 0, 0);

    static Weather of(Chance chance) {
        return new Weather(
                chance.of(0.0, 0.05, 0.2),
                chance.of(0.0, 0.03, 0.1),
                chance.of(0.0, 0.003, 0.02),
                chance.of(0.0, 0.2, 0.4),
                chance.of(0.0, 0.0, 0.002));
    }
}
