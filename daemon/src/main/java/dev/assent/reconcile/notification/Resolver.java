package dev.assent.reconcile.notification;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// Looks up the addresses of a host.
@FunctionalInterface
interface Resolver {

    Resolver SYSTEM = InetAddress::getAllByName;

    InetAddress[] addresses(String host) throws UnknownHostException;
}
