package io.caravan.hub.connectors.delivery.lane;

/** Another owner has the lane. Whatever this one found out is left to that one. */
public class StaleLease extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StaleLease(Lease lease) {
        super("lane " + lease.laneKey() + " was taken over, our fence was " + lease.fence());
    }
}
